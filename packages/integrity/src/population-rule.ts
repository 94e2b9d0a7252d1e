import { safeParseRecord } from './parse-record.ts';
import type { Population } from './population.ts';
import { createLogChains, createNoChain, createSingleChain, type RecordChains } from './record-chains.ts';
import type { RecordReader } from './record-reader.ts';
import { type Check, type Failure, failureAt } from './report.ts';
import { chooseSample } from './sample.ts';

/** How the records of a population are checked. */
export interface PopulationRule {
  /** Lowest sequence the first record can have. */
  readonly first: number;
  readonly isDense: boolean;
  readonly chains: RecordChains;
  /** Takes the next record, or only its sequence when it was purged. */
  readonly accept: (sequence: number, record?: RecordReader) => Failure | undefined;
  /** Says that no record follows. */
  readonly end: (next: number) => Failure | undefined;
  /** What the records prove when everything holds, and what is only stated. */
  readonly statements: () => readonly Check[];
}

/** Chooses the rule of a population. */
export function createPopulationRule(population: Population, correlationsMax: number): PopulationRule {
  switch (population.kind) {
    case 'range':
      return rangeRule(population, correlationsMax);
    case 'correlation':
      return correlationRule(population);
    case 'filter':
      return filterRule(population);
    case 'sample':
      return sampleRule(population);
  }
}

type PopulationOf<Kind extends Population['kind']> = Extract<Population, { readonly kind: Kind }>;

function rangeRule({ begin, end }: PopulationOf<'range'>, correlationsMax: number): PopulationRule {
  return {
    first: begin,
    isDense: true,
    chains: createLogChains({ isWhole: begin === 0, correlationsMax }),
    accept: (sequence) => (sequence < end ? undefined : outside(sequence, `${begin} to ${end - 1}`)),
    end: (next) => (next === end ? undefined : missing(next, `the range ends with ${end - 1}`)),
    statements: () => [
      {
        statement: `all ${end - begin} records of sequence ${begin} to ${end - 1} are here`,
        outcome: 'holds',
      },
    ],
  };
}

function filterRule({ begin, end, filter }: PopulationOf<'filter'>): PopulationRule {
  return {
    first: begin,
    isDense: false,
    chains: createNoChain(),
    accept: (sequence) => (sequence < end ? undefined : outside(sequence, `${begin} to ${end - 1}`)),
    end: () => undefined,
    statements: () => [
      {
        statement: `no record of sequence ${begin} to ${end - 1} that matches ${JSON.stringify(filter)} is left out`,
        outcome: 'not_checked',
      },
    ],
  };
}

function sampleRule(population: PopulationOf<'sample'>): PopulationRule {
  const { begin, end, seed, size } = population;
  const chosen = chooseSample(population);
  let at = 0;
  return {
    first: begin,
    isDense: false,
    chains: createNoChain(),
    accept: (sequence) => {
      const due = chosen[at++];
      if (sequence === due) return undefined;
      if (due !== undefined && due < sequence) return missing(due, `seed ${seed} chooses it`);
      return failureAt('not_chosen', `seed ${seed} does not choose record ${sequence}`, { sequence });
    },
    end: () => {
      const due = chosen[at];
      return due === undefined ? undefined : missing(due, `seed ${seed} chooses it`);
    },
    statements: () => [
      {
        statement: `the ${size} records are those of sequence ${begin} to ${end - 1} that seed ${JSON.stringify(seed)} chooses`,
        outcome: 'holds',
      },
    ],
  };
}

function correlationRule(population: PopulationOf<'correlation'>): PopulationRule {
  const { correlation_id: correlationId, closed_by: closedBy } = population;
  const name = new TextEncoder().encode(correlationId);
  let last: number | undefined;
  let beginsPurged = false;
  let isClosing = false;
  return {
    first: 0,
    isDense: false,
    chains: createSingleChain(),
    accept: (sequence, record) => {
      if (last === undefined) beginsPurged = record === undefined;
      last = sequence;
      if (record !== undefined && !isNamed(record, name)) return outside(sequence, correlationId);
      if (closedBy !== undefined && sequence > closedBy) return outside(sequence, `up to record ${closedBy}`);
      isClosing = sequence === closedBy && record !== undefined && tellsOfService(record.line());
      return undefined;
    },
    end: () => {
      if (closedBy === undefined || isClosing) return undefined;
      if (last !== closedBy) return missing(closedBy, 'it closes the correlation');
      return failureAt('not_closed', `record ${closedBy} is not one of the service itself`, {
        sequence: closedBy,
      });
    },
    statements: () => [
      {
        statement: `no record of ${correlationId} is left out between its first and record ${last ?? 'none'}`,
        outcome: beginsPurged ? 'not_checked' : 'holds',
      },
      {
        statement:
          closedBy === undefined
            ? `no record of ${correlationId} follows them`
            : `record ${closedBy}, in which the service tells of this export, follows them all`,
        outcome: closedBy === undefined ? 'not_checked' : 'holds',
      },
      { statement: `${correlationId} has no second chain elsewhere in the log`, outcome: 'not_checked' },
    ],
  };
}

function isNamed({ source, correlationBegin, correlationEnd }: RecordReader, name: Uint8Array): boolean {
  return (
    correlationEnd - correlationBegin === name.length &&
    name.every((byte, at) => source[correlationBegin + at] === byte)
  );
}

/** The service's own events tell of exports; an event of a producer could be held back by whoever makes the pack. */
function tellsOfService(line: Uint8Array): boolean {
  const { event_type: eventType } = safeParseRecord(line)?.members ?? {};
  return typeof eventType === 'string' && eventType.startsWith('datastorage.');
}

function outside(sequence: number, population: string): Failure {
  return failureAt('outside_population', `record ${sequence} is not of ${population}`, { sequence });
}

function missing(sequence: number, reason: string): Failure {
  return failureAt('records_missing', `record ${sequence} is missing: ${reason}`, { sequence });
}
