interface Script {
  readonly install: string
  readonly uninstall: string
}

// Bash breaks words at = and : and replaces only what is behind the last break: the part before it is taken off each candidate.
const bash: Script = {
  install: `_fitwright_complete() {
  local line=\${COMP_LINE:0:COMP_POINT} IFS=$'\\n'
  local word=\${line##*[[:blank:]]} prefix=
  [[ $COMP_WORDBREAKS == *=* && $word == *=* ]] && prefix=\${word%"\${word##*=}"}
  [[ $COMP_WORDBREAKS == *:* && \${word#"$prefix"} == *:* ]] && prefix=\${word%"\${word##*:}"}
  COMPREPLY=($(COMP_LINE=$line COMP_POINT= fitwright run -sc query=fish 2>/dev/null))
  COMPREPLY=("\${COMPREPLY[@]#"$prefix"}")
  if [[ \${#COMPREPLY[@]} -eq 1 ]]; then
    if [[ \${COMPREPLY[0]} == */* && -d \${COMPREPLY[0]##*=} ]]; then COMPREPLY[0]=\${COMPREPLY[0]%/}/
    elif [[ \${COMPREPLY[0]} != *[=./,] ]]; then compopt +o nospace; fi
  fi
  return 0
}
complete -o nospace -o default -F _fitwright_complete fitwright
`,
  uninstall: `complete -r fitwright
unset -f _fitwright_complete
`,
}

const zsh: Script = {
  install: `_fitwright_complete() {
  local -a candidates
  candidates=(\${(f)"$(COMP_LINE=\${LBUFFER} COMP_POINT= fitwright run -sc query=fish 2>/dev/null)"})
  local -a open closed
  local one
  for one in $candidates; do
    [[ $one == */* && -d \${one##*=} ]] && one=\${one%/}/
    if [[ $one == *[=./,] ]]; then open+=($one); else closed+=($one); fi
  done
  (( $#open )) && compadd -Q -S '' -- $open
  (( $#closed )) && compadd -Q -- $closed
  (( $#candidates )) || _files
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _fitwright_complete fitwright
`,
  uninstall: `compdef -d fitwright
unfunction _fitwright_complete
`,
}

const fish: Script = {
  install: `function _fitwright_complete
    set -lx COMP_LINE (commandline -cp)
    set -lx COMP_POINT ''
    for one in (fitwright run -sc query=fish 2>/dev/null)
        if string match -q '*/*' -- $one; and test -d (string replace -r '.*=' '' -- $one)
            set one (string trim -r -c / -- $one)/
        end
        printf "%s\\n" $one
    end
end
complete -c fitwright -f -a '(_fitwright_complete)'
`,
  uninstall: `complete -e -c fitwright
functions -e _fitwright_complete
`,
}

/** What \`eval "$(fitwright run -sc install=bash)"\` reads, by shell. */
export const completionScripts: Readonly<Record<string, Script>> = { bash, fish, zsh }
