/** Samples of one metric. */
export interface MetricFamily {
  readonly type: string;
  readonly help: string;
  /** Names of the labels that its samples have, `le` excepted. */
  readonly labels: Set<string>;
}

/** What a server exports. */
export interface Exposition {
  readonly families: ReadonlyMap<string, MetricFamily>;
  /** Values by the text before them, such as `datastorage_intake_state{state="away"}`. */
  readonly samples: ReadonlyMap<string, number>;
}

/** Takes the text format of Prometheus apart, as far as the server uses it. */
export function parseExposition(text: string): Exposition {
  const families = new Map<string, MetricFamily>();
  const samples = new Map<string, number>();
  let help = '';
  let family: MetricFamily | undefined;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'HELP') help = rest;
    else if (kind === 'TYPE') {
      family = { type: rest, help, labels: new Set() };
      families.set(name, family);
    } else {
      const end = line.lastIndexOf(' ');
      samples.set(line.slice(0, end), Number(line.slice(end + 1)));
      for (const label of labelsOf(line)) family?.labels.add(label);
    }
  }
  return { families, samples };
}

function labelsOf(line: string): string[] {
  const names = [...line.matchAll(/[{,](\w+)="/g)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'le');
}
