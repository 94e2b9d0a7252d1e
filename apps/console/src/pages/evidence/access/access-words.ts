import type { AuditRecord } from '@audit/schema';
import { numberText } from '../../../format/number-text.ts';

/** What somebody did with the records of the log. */
export interface AccessWords {
  readonly kind: 'exported' | 'read' | 'verified' | 'disclosed' | 'refused';
  /** What was done, with what: `the trail of a correlation as pack`. */
  readonly what: string;
}

/** Says what an event tells of access to the log; undefined for events of other things. */
export function accessWords({ event_data: data }: Pick<AuditRecord, 'event_data'>): AccessWords | undefined {
  switch (data.event_type) {
    case 'datastorage.records.exported':
      return {
        kind: 'exported',
        what: `${populationWords[data.population]} as ${data.format}${data.disclosures === 'included' ? ', with personal data' : ''}`,
      };
    case 'datastorage.records.read':
      return {
        kind: 'read',
        what: `${counted(data.records, 'record')} in ${counted(data.requests, 'request')}`,
      };
    case 'datastorage.chain.verified':
      return {
        kind: 'verified',
        what: `${counted(data.total_events, 'record')} of a trail: ${data.is_valid ? 'nothing contradicts' : 'broken'}`,
      };
    case 'datastorage.personal_data.disclosed':
      return {
        kind: 'disclosed',
        what: `${counted(data.pointers.length, 'personal value')} of record ${numberText(data.sequence)}`,
      };
    case 'datastorage.access.refused':
      return { kind: 'refused', what: `${counted(data.requests, 'request')} ${refusals[data.reason]}` };
    default:
      return undefined;
  }
}

const populationWords = {
  range: 'a stretch of the log',
  correlation: 'a trail',
  filter: 'what a filter matches',
  sample: 'a sample',
} as const;

const refusals = {
  no_credentials: 'that did not say who asks',
  invalid_credentials: 'with a token that is not known',
  missing_role: 'without the role',
} as const;

function counted(count: number, thing: string): string {
  return `${numberText(count)} ${thing}${count === 1 ? '' : 's'}`;
}
