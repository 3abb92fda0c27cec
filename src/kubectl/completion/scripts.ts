/** What `kubectl completion SHELL` prints: scripts that ask `kubectl __complete` at each Tab. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# bash completion for kubectl

_kubectl() {
  local cur words cword answer directive line
  if declare -F _get_comp_words_by_ref > /dev/null; then
    _get_comp_words_by_ref -n =: cur words cword
  else
    cur=\${COMP_WORDS[COMP_CWORD]} words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
  fi
  answer=$("\${words[0]}" __completeNoDesc "\${words[@]:1:cword-1}" "$cur" 2> /dev/null)
  directive=\${answer##*:}
  answer=\${answer%:*}
  COMPREPLY=()
  if [[ ! $directive =~ ^[0-9]+$ ]] || (( directive & 1 )); then return; fi
  [[ $cur == -*=* ]] && cur=\${cur#*=}
  if (( directive & 8 )); then
    while IFS= read -r line; do
      [[ -n $line ]] && COMPREPLY+=($(compgen -f -X "!*.$line" -- "$cur"))
    done <<< "$answer"
    COMPREPLY+=($(compgen -d -- "$cur"))
    compopt -o filenames
    return
  fi
  while IFS= read -r line; do
    [[ -n $line && $line == "$cur"* ]] && COMPREPLY+=("$line")
  done <<< "$answer"
  if (( directive & 2 )); then compopt -o nospace; fi
  if (( \${#COMPREPLY[@]} == 0 && !(directive & 4) )); then compopt -o default; fi
  if declare -F __ltrim_colon_completions > /dev/null; then __ltrim_colon_completions "$cur"; fi
}

complete -F _kubectl kubectl
`,
  zsh: `#compdef kubectl
compdef _kubectl kubectl

# zsh completion for kubectl

_kubectl() {
  local answer directive line
  local -a candidates more
  answer=$("\${words[1]}" __complete "\${(@)words[2,CURRENT-1]}" "\${words[CURRENT]}" 2> /dev/null)
  directive=\${answer##*:}
  answer=\${answer%:*}
  if [[ $directive != <-> ]] || (( directive & 1 )); then return 1; fi
  [[ $words[CURRENT] == -*=* ]] && compset -P '*='
  if (( directive & 8 )); then
    _files -g "*.(\${(j:|:)\${(f)answer}})"
    return
  fi
  for line in \${(f)answer}; do
    [[ -n $line ]] && candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}\${\${(M)line%%$'\\t'*}:+:\${line#*$'\\t'}}")
  done
  if (( directive & 2 )); then more=(-S ''); fi
  if (( \${#candidates} > 0 )); then
    _describe 'kubectl' candidates "\${more[@]}"
  elif (( !(directive & 4) )); then
    _files
  fi
}

if [ "$funcstack[1]" = "_kubectl" ]; then
  _kubectl
fi
`,
  fish: `# fish completion for kubectl

function __kubectl_complete
    set -l words (commandline -opc)
    set -l answer ($words[1] __complete $words[2..-1] (commandline -ct) 2> /dev/null)
    set -l directive (string sub --start 2 -- $answer[-1])
    if test (math "bitand($directive, 1)") -ne 0
        return
    end
    if test (math "bitand($directive, 8)") -ne 0
        __fish_complete_suffix .$answer[1..-2]
        return
    end
    set -l given (string match --regex -- '^-[^=]*=' (commandline -ct))
    string join \\n -- $given$answer[1..-2]
    if test (count $answer) -eq 1; and test (math "bitand($directive, 4)") -eq 0
        __fish_complete_path (commandline -ct)
    end
end

complete --erase --command kubectl
complete --no-files --command kubectl --arguments '(__kubectl_complete)'
`,
  powershell: `# powershell completion for kubectl

Register-ArgumentCompleter -Native -CommandName 'kubectl' -ScriptBlock {
    param($WordToComplete, $CommandAst, $CursorPosition)

    $Words = @($CommandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $CursorPosition } | ForEach-Object { "$_" })
    $Arguments = @('__complete') + @($Words | Select-Object -Skip 1) + @("$WordToComplete")
    $Answer = @(& $Words[0] @Arguments 2>$null)
    if ($Answer.Count -eq 0) { return }
    $Directive = [int]($Answer[-1].TrimStart(':'))
    if ($Directive -band 1) { return }
    $Space = if ($Directive -band 2) { '' } else { ' ' }
    $Given = if ($WordToComplete -match '^(-[^=]*=)') { $Matches[1] } else { '' }
    $Answer | Select-Object -SkipLast 1 | ForEach-Object {
        $Name, $Description = $_ -split "\`t", 2
        if (-not $Description) { $Description = $Name }
        [System.Management.Automation.CompletionResult]::new("$Given$Name$Space", $Name, 'ParameterValue', $Description)
    }
}
`,
};
