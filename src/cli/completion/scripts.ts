// The shell side of completion: small scripts that hand the words to `__complete` and offer what it answers.

const bash = (program: string): string => `# bash completion of ${program}
__${program}_complete() {
  local words cur reply directive line
  words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  cur="\${COMP_WORDS[COMP_CWORD]}"
  # bash cuts words at = and :, ${program} does not.
  if declare -F _get_comp_words_by_ref >/dev/null; then
    local cword all
    _get_comp_words_by_ref -n "=:" -c cur -w all -i cword
    words=("\${all[@]:1:cword}")
  fi
  reply="$("\${COMP_WORDS[0]}" __complete "\${words[@]}" 2>/dev/null)" || return
  directive="\${reply##*:}"
  reply="\${reply%:*}"
  COMPREPLY=()
  while IFS= read -r line; do
    [[ -n "$line" ]] && COMPREPLY+=("$line")
  done <<<"$reply"
  # A single candidate is inserted without its description; of several the descriptions are shown.
  local index
  if ((\${#COMPREPLY[@]} == 1 || COMP_TYPE != 63)); then
    for index in "\${!COMPREPLY[@]}"; do COMPREPLY[index]="\${COMPREPLY[index]%%$'\\t'*}"; done
  else
    for index in "\${!COMPREPLY[@]}"; do COMPREPLY[index]="\${COMPREPLY[index]/$'\\t'/  -- }"; done
  fi
  ((directive & 2)) && compopt -o nospace 2>/dev/null
  ((directive & 4)) || { ((\${#COMPREPLY[@]})) || compopt -o default 2>/dev/null; }
  declare -F __ltrim_colon_completions >/dev/null && __ltrim_colon_completions "$cur"
}
complete -F __${program}_complete ${program}
`;

const zsh = (program: string): string => `#compdef ${program}
compdef _${program} ${program}

_${program}() {
  local reply directive line name text
  local -a plain described
  reply="$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)" || return
  directive="\${reply##*:}"
  reply="\${reply%:*}"
  while IFS= read -r line; do
    [[ -z "$line" ]] && continue
    name="\${line%%$'\\t'*}"
    text="\${line#*$'\\t'}"
    name="\${name//:/\\\\:}"
    [[ "$text" == "$line" ]] && described+=("$name") || described+=("$name:$text")
  done <<<"$reply"
  if (( \${#described} )); then
    if (( directive & 2 )); then
      _describe -V 'completions' described -S ''
    else
      _describe -V 'completions' described
    fi
  elif (( ! (directive & 4) )); then
    _files
  fi
}

# Also when the file is sourced and not found on fpath.
[[ "$funcstack[1]" == "_${program}" ]] && _${program} "$@"
`;

const fish = (program: string): string => `# fish completion of ${program}
function __${program}_candidates
  set -l tokens (commandline -opc)
  set -l current (commandline -ct)
  set -l reply ($tokens[1] __complete $tokens[2..-1] "$current" 2>/dev/null)
  test (count $reply) -gt 0; or return 1
  set -l directive (string replace ':' '' -- $reply[-1])
  set -e reply[-1]
  printf '%s\\n' $reply
  # Files too, where ${program} has nothing to say.
  if test (count $reply) -eq 0; and not string match -qr '^(4|5|6|7)$' -- $directive
    __fish_complete_path "$current"
  end
end

complete -c ${program} -e
complete -c ${program} -f -a '(__${program}_candidates)'
`;

const powershell = (program: string): string => `# PowerShell completion of ${program}
Register-ArgumentCompleter -Native -CommandName '${program}' -ScriptBlock {
  param($word, $tree, $position)
  $words = @($tree.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $reply = @(& $tree.CommandElements[0].ToString() __complete @words $(if ($word) { $word } else { '""' }) 2>$null)
  $reply | Select-Object -SkipLast 1 | ForEach-Object {
    $name, $text = $_ -split "\`t", 2
    [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $(if ($text) { $text } else { $name }))
  }
}
`;

/** Scripts by shell. */
export const scripts: Readonly<Record<string, (program: string) => string>> = {bash, zsh, fish, powershell};
