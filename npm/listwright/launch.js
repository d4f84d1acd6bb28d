#!/usr/bin/env node
// Runs the program that the package of this platform brings, with the same arguments, streams and
// exit code. Nothing is downloaded: the package manager installs the one package that fits.
"use strict";

const { spawnSync } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const suffix = process.platform === "win32" ? ".exe" : "";

function program() {
  try {
    return require.resolve(`@listwright/${platform}/listwright${suffix}`);
  } catch {
    console.error(`error: there is no listwright for ${platform} here`);
    console.error("  help: install without `--omit=optional`, or use another way of docs/installing.md");
    process.exit(2);
  }
}

const done = spawnSync(program(), process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (done.error) {
  console.error(`error: cannot run listwright: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) {
  process.kill(process.pid, done.signal);
} else {
  process.exit(done.status);
}
