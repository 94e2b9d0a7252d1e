import type { CommandWords, DescribedWord } from './command-words.ts';

/** Writes what zsh runs to complete the command line of `audit`. */
export function zshScript(words: readonly CommandWords[]): string {
  return `#compdef audit
# Completion of audit for zsh: source <(audit completion zsh), after compinit
_audit() {
  local place="" candidate before="\${words[CURRENT-1]}"
  local -a candidates
  for candidate in "\${(@)words[2,CURRENT-1]}"; do
    case "$place $candidate" in
${words.flatMap(({ path }) => (path === '' ? [] : [`      "${path.includes(' ') ? path : ` ${path}`}") place="${path}" ;;`])).join('\n')}
    esac
  done
  case "$place $before" in
${words.flatMap(valueCases).join('\n')}
  esac
  case "$place" in
${words.map(wordCase).join('\n')}
  esac
}
compdef _audit audit
`;
}

function valueCases({ options, path }: CommandWords): readonly string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(({ choices, word }) => {
      const reply = choices.length === 0 ? '_files' : `compadd -- ${choices.join(' ')}`;
      return `    "${path} ${word}") ${reply}; return ;;`;
    });
}

function wordCase({ commands, options, path }: CommandWords): string {
  const candidates = [...commands, ...options].map(quoted).join(' ');
  const files = commands.length === 0 ? '; _files' : '';
  return `    "${path}") candidates=(${candidates}); _describe -t words 'word' candidates${files} ;;`;
}

// A colon ends the word, a quotation mark the text.
function quoted({ description, word }: DescribedWord): string {
  return `'${word.replaceAll(':', '\\:')}:${description.replaceAll("'", "'\\''")}'`;
}
