-- Neovim without a screen: completion, hover, and an action that edits, written as JSON.
local out = {}
local function finish()
  local file = io.open(vim.env.RESULT, "w")
  file:write(vim.json.encode(out))
  file:close()
  vim.cmd("qa!")
end

local ok, failure = pcall(function()
  vim.cmd("edit " .. vim.env.ARTICLE)
  local client = vim.lsp.start_client({
    name = "refpipe",
    cmd = { vim.env.PYTHON, "-m", "refpipe", "lsp" },
    root_dir = vim.fn.getcwd(),
  })
  vim.lsp.buf_attach_client(0, client)
  vim.wait(60000, function() return vim.lsp.buf_get_clients(0)[client] ~= nil end, 20)
  vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 20)
  out.findings = vim.tbl_map(function(one) return one.code or one.message end, vim.diagnostic.get(0))

  local document = { uri = vim.uri_from_bufnr(0) }
  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
    return answers[client].result
  end
  local last = vim.fn.line("$") - 1
  local line = vim.fn.getline("$")
  local found = ask("textDocument/completion", {
    textDocument = document,
    position = { line = last, character = vim.str_utfindex(line) + 1 },
  })
  out.completion = found.items[1].label
  vim.lsp.util.apply_text_edits({ found.items[1].textEdit }, 0, "utf-16")
  vim.fn.setline("$", vim.fn.getline("$") .. "]")

  out.hover = ask("textDocument/hover", {
    textDocument = document,
    position = { line = 0, character = tonumber(vim.env.COLUMN) },
  }).contents.value

  local start = { line = 0, character = 0 }
  local actions = ask("textDocument/codeAction", {
    textDocument = document,
    range = { start = start, ["end"] = start },
    context = { diagnostics = {} },
  })
  for _, action in ipairs(actions) do
    if action.command and action.command.command == "refpipe.weave" then
      ask("workspace/executeCommand", action.command)
    end
  end
  vim.wait(60000, function() return vim.fn.search("<!--/cite-->", "nw") > 0 end, 20)
  vim.cmd("write")
end)
if not ok then out.failure = tostring(failure) end
finish()
