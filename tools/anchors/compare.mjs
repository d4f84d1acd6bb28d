// Compares the anchors that Listwright gives to headings with those of `github-slugger`, over the
// headings that another reader of Markdown finds: compare.mjs PROGRAM CASES.json LIST…
//
// Headings in HTML are left out, and lists in which both readers do not find the same number of
// headings, each named. Prints what differs and ends with 1 if anything does that is not named in
// docs/format.md.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import GithubSlugger, { slug } from 'github-slugger'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toString } from 'mdast-util-to-string'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'

const [program, cases, ...lists] = process.argv.slice(2)
const counts = { headings: 0, alike: 0, other: 0 }

function tell(where, heading, ours, theirs) {
  counts.headings += 1
  if (ours === theirs) counts.alike += 1
  else {
    counts.other += 1
    console.log(`${where}: ${JSON.stringify(heading)}: ours ${ours}, github-slugger ${theirs}`)
  }
}

// The headings of a document outside quotations and items, as sections are.
function headings(text) {
  const tree = fromMarkdown(text, {
    extensions: [gfm(), frontmatter(['yaml', 'toml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  })
  return tree.children.filter((node) => node.type === 'heading')
}

// The sections of each list that headings open.
function inspect(files) {
  const options = ['inspect', '--output-format', 'json', ...files]
  const out = execFileSync(program, options, { maxBuffer: 2 ** 30 })
  const sections = JSON.parse(out).lists.map((list) => [
    list.path.split('/').pop(),
    list.sections.filter((section) => section.level > 0),
  ])
  return new Map(sections)
}

const slugger = new GithubSlugger()
for (const one of JSON.parse(readFileSync(cases, 'utf8')).cases) {
  tell('recorded', one.input, one.expected, slugger.slug(one.input))
}

const inspected = inspect(lists)
for (const file of lists) {
  const name = file.split('/').pop()
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  const sections = inspected.get(name) ?? []
  const found = headings(text)
  if (sections.length !== found.length) {
    console.log(`${name}: ${sections.length} headings, the other reader finds ${found.length}: left out`)
    continue
  }
  // Without the numbers of repeats: headings in HTML take part in these on GitHub.
  for (const [at, node] of found.entries()) {
    const words = toString(node, { includeImageAlt: false, includeHtml: false })
    const theirs = slug(words)
    const ours = sections[at].anchor
    const bare = ours.replace(/-\d+$/, '')
    tell(`${name}:${sections[at].line}`, words, ours === theirs || bare !== theirs ? ours : theirs, theirs)
  }
}

console.log(`${counts.headings} headings: ${counts.alike} alike, ${counts.other} not`)
process.exitCode = counts.other > 0 ? 1 : 0
