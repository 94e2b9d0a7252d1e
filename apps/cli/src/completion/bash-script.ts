import type { CommandWords } from './command-words.ts';

/** Writes what bash runs to complete the command line of `audit`. */
export function bashScript(words: readonly CommandWords[]): string {
  return `# Completion of audit for bash: source <(audit completion bash)
_audit() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" place="" candidate
  for candidate in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $place $candidate" in
${words.flatMap(({ path }) => (path === '' ? [] : [`      "  ${path}" | " ${path}") place="${path}" ;;`])).join('\n')}
    esac
  done
  case "$place $before" in
${words.flatMap(valueCases).join('\n')}
  esac
  case "$place" in
${words.map(wordCase).join('\n')}
  esac
}
complete -o default -F _audit audit
`;
}

function valueCases({ options, path }: CommandWords): readonly string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(({ choices, word }) => {
      const reply = choices.length === 0 ? 'COMPREPLY=()' : replyWith(choices);
      return `    "${path} ${word}") ${reply}; return ;;`;
    });
}

function wordCase({ commands, options, path }: CommandWords): string {
  const candidates = [...commands.map(({ word }) => word), ...options.map(({ word }) => word)];
  // Where a command takes an argument of its own, such as a file, options come when they are asked for.
  const reply = replyWith(candidates);
  return commands.length > 0
    ? `    "${path}") ${reply} ;;`
    : `    "${path}") [[ $word == -* ]] && ${reply} || COMPREPLY=() ;;`;
}

function replyWith(candidates: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${candidates.join(' ')}" -- "$word"))`;
}
