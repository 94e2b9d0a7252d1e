import type { CommandWords, OptionWords } from './command-words.ts';

/** Writes what fish runs to complete the command line of `audit`. */
export function fishScript(words: readonly CommandWords[]): string {
  const paths = words.flatMap(({ path }) => (path === '' ? [] : [path]));
  return `# Completion of audit for fish: audit completion fish | source
function __audit_place
    set -l place ""
    for candidate in (commandline -opc)[2..]
        switch "$place $candidate"
${paths.map((path) => `            case '${path.includes(' ') ? path : ` ${path}`}'\n                set place '${path}'`).join('\n')}
        end
    end
    echo $place
end
complete -c audit -e
complete -c audit -f
${words.flatMap(lines).join('\n')}
`;
}

function lines({ commands, options, path }: CommandWords): readonly string[] {
  const when = `complete -c audit -n 'test (__audit_place) = "${path}"'`;
  const files = commands.length === 0 ? [`${when} -F`] : [];
  return [
    ...files,
    ...commands.map(({ description, word }) => `${when} -a ${word} -d ${quoted(description)}`),
    ...options.map((option) => `${when} ${optionFlags(option)} -d ${quoted(option.description)}`),
  ];
}

function optionFlags({ choices, takesValue, word }: OptionWords): string {
  const name = `-l ${word.replace(/^--/, '')}`;
  if (!takesValue) return name;
  return choices.length === 0 ? `${name} -r` : `${name} -x -a ${quoted(choices.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
