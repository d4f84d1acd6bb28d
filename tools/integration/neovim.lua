-- Shows a finding in neovim and applies its fix; leaves with an error where either fails.
-- Run by `nvim --headless --clean -l` or `-c luafile`, with LISTWRIGHT naming the program and LIST a
-- list with a space at the end of a line.

local function leave(why)
  if why then
    io.stderr:write(why .. "\n")
    vim.cmd("cquit 1")
  end
  vim.cmd("qall!")
end

local function wait(what, check)
  if not vim.wait(20000, check, 50) then
    leave("waited in vain for " .. what)
  end
end

vim.cmd("edit " .. vim.fn.fnameescape(vim.env.LIST))
local id = vim.lsp.start_client({
  name = "listwright",
  cmd = { vim.env.LISTWRIGHT, "server" },
  root_dir = vim.fn.fnamemodify(vim.env.LIST, ":h"),
})
vim.lsp.buf_attach_client(0, id)

local function spaces()
  return vim.tbl_filter(function(one)
    return one.code == "trailing-whitespace"
  end, vim.diagnostic.get(0))
end

wait("a finding", function()
  return #spaces() == 1
end)
local found = spaces()[1]
if found.source ~= "listwright" or found.lnum ~= 4 then
  leave("the finding stands elsewhere: " .. vim.inspect(found))
end

-- As `vim.lsp.buf.code_action` does it, whose arguments are not the same in every version.
local params = vim.lsp.util.make_range_params()
params.context = { only = { "source.fixAll.listwright" }, diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000)
local actions = answers and answers[id] and answers[id].result or {}
if #actions ~= 1 then
  leave("one action should be offered: " .. vim.inspect(answers))
end
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
wait("the fix", function()
  return not vim.api.nvim_buf_get_lines(0, 4, 5, true)[1]:match(" $")
end)
wait("the finding to go", function()
  return #spaces() == 0
end)
io.stdout:write("neovim showed the finding and applied the fix\n")
leave()
