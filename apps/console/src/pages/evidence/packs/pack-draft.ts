import type { paths } from '@audit/schema';

/** Which records a pack is to prove. */
export const packPopulations = ['correlation', 'range', 'event', 'sample', 'filter'] as const;

/** One of {@link packPopulations}. */
export type PackPopulation = (typeof packPopulations)[number];

/** Texts that a person fills in to ask for a pack. */
export interface PackDraft {
  readonly population: PackPopulation;
  readonly correlation: string;
  readonly event: string;
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  readonly size: string;
  readonly type: string;
  readonly category: string;
  readonly outcome: string;
  readonly since: string;
  readonly until: string;
  readonly withDisclosures: boolean;
}

/** A text of a {@link PackDraft}. */
export type PackField = Exclude<keyof PackDraft, 'population' | 'withDisclosures'>;

/** The parameters of the request. */
export type PackQuery = NonNullable<paths['/api/v1/audit/evidence-pack']['get']['parameters']['query']>;

/** The texts that each population is chosen by. */
export const packFields = {
  correlation: ['correlation'],
  range: ['from', 'to'],
  event: ['event'],
  sample: ['seed', 'size', 'from', 'to'],
  filter: ['type', 'category', 'outcome', 'since', 'until', 'from', 'to'],
} as const satisfies Record<PackPopulation, readonly PackField[]>;

/** Nothing filled in. */
export const emptyDraft: PackDraft = {
  population: 'correlation',
  correlation: '',
  event: '',
  from: '',
  to: '',
  seed: '',
  size: '25',
  type: '',
  category: '',
  outcome: '',
  since: '',
  until: '',
  withDisclosures: false,
};

const sampleMax = 10_000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with a draft, by the text that it is about; nothing when it can be sent. */
export function packFaults(draft: PackDraft, logSize: number): Partial<Record<PackField, string>> {
  const fields: readonly PackField[] = packFields[draft.population];
  const faults = fields.map((field) => [field, faultOf(field, draft, logSize)] as const);
  return Object.fromEntries(faults.filter(([, fault]) => fault !== undefined));
}

/** The positions that a draft is about, the last included. A range that is left open ends with the log as it is now. */
export function packRange(
  { from, to }: PackDraft,
  logSize: number,
): { readonly from: number; readonly to: number } {
  return { from: from === '' ? 0 : Number(from), to: to === '' ? logSize - 1 : Number(to) };
}

/** The request for a draft without faults. Only what its population is chosen by is in it. */
export function packQuery(draft: PackDraft, logSize: number): PackQuery {
  const disclosures = draft.withDisclosures ? ({ disclosures: 'included' } as const) : {};
  const sequences = {
    ...(draft.from !== '' && { from_sequence: Number(draft.from) }),
    ...(draft.to !== '' && { to_sequence: Number(draft.to) }),
  };
  switch (draft.population) {
    case 'correlation':
      return { correlation_id: draft.correlation, ...disclosures };
    case 'event':
      return { event_id: draft.event, ...disclosures };
    case 'range':
      return { ...sequences, ...disclosures };
    case 'sample': {
      // The range is part of the choice: a server that chose it could leave out what it likes.
      const { from, to } = packRange(draft, logSize);
      const sample = { seed: draft.seed, sample_size: Number(draft.size) };
      return { ...sample, from_sequence: from, to_sequence: to, ...disclosures };
    }
    default:
      return { ...filterOf(draft), ...sequences, ...disclosures };
  }
}

/** The command that gets and verifies the same pack. */
export function packCommand(draft: PackDraft, logSize: number, url: string): string[] {
  const option = (name: string, text: string) => (text === '' ? [] : [`--${name}`, text]);
  const sequences = [...option('from-sequence', draft.from), ...option('to-sequence', draft.to)];
  const ends = [
    ...(draft.withDisclosures ? ['--disclosures'] : []),
    ...['--url', url, '--output', packFileName(draft)],
  ];
  const pack = ['audit', 'export', '--format', 'pack'];
  switch (draft.population) {
    case 'correlation':
      return [...pack, ...option('correlation', draft.correlation), ...ends];
    case 'event':
      return ['audit', 'prove', draft.event, ...ends];
    case 'range':
      return [...pack, ...sequences, ...ends];
    case 'sample': {
      const { from, to } = packRange(draft, logSize);
      const range = ['--from-sequence', String(from), '--to-sequence', String(to)];
      const sample = [...option('size', draft.size), ...option('seed', draft.seed)];
      return ['audit', 'sample', ...sample, ...range, ...ends];
    }
    default: {
      const { category, outcome, since, type, until } = draft;
      const filter = Object.entries({ type, category, outcome, since, until }).flatMap(([name, text]) =>
        option(name, text),
      );
      return [...pack, ...filter, ...sequences, ...ends];
    }
  }
}

/** Name of the file: no character in it means anything to a file system. */
export function packFileName({ correlation, event, population }: PackDraft): string {
  const name = population === 'correlation' ? correlation : population === 'event' ? event : population;
  return `${name.replaceAll(/[^\w.-]+/g, '_').slice(0, 100) || 'evidence'}.pack`;
}

function faultOf(field: PackField, draft: PackDraft, logSize: number): string | undefined {
  const text = draft[field];
  switch (field) {
    case 'correlation':
      return text === '' ? 'Which correlation?' : undefined;
    case 'event':
      return uuid.test(text) ? undefined : 'An event id is a UUID.';
    case 'seed':
      return text === '' ? 'Any text; name it after the records are in the log.' : undefined;
    case 'size':
      return sampleFault(draft, logSize);
    case 'from':
    case 'to':
      return sequenceFault(field, draft, logSize);
    default:
      return undefined;
  }
}

function sampleFault(draft: PackDraft, logSize: number): string | undefined {
  const { from, to } = packRange(draft, logSize);
  const count = Math.min(to - from + 1, sampleMax);
  return isWholeNumber(draft.size) && Number(draft.size) >= 1 && Number(draft.size) <= count
    ? undefined
    : `A whole number from 1 to ${Math.max(count, 1)}.`;
}

function sequenceFault(field: 'from' | 'to', draft: PackDraft, logSize: number): string | undefined {
  if (draft[field] === '') return undefined;
  if (!isWholeNumber(draft[field]) || Number(draft[field]) >= logSize)
    return `A position from 0 to ${logSize - 1}, or nothing.`;
  const { from, to } = packRange(draft, logSize);
  return field === 'to' && to < from ? 'It is before the first position.' : undefined;
}

function isWholeNumber(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function filterOf({ category, outcome, since, type, until }: PackDraft): PackQuery {
  const filter = {
    event_type: type,
    event_category: category,
    event_outcome: outcome,
    since,
    until,
  };
  // The contract's texts: the outcome is chosen from a list of those it has.
  return Object.fromEntries(Object.entries(filter).filter(([, text]) => text !== '')) as PackQuery;
}
