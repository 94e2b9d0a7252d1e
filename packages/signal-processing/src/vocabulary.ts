import type { PayloadOf } from '@audit/schema';

/** Payload of every signal processing event, without its tag. */
export type Payload = Omit<PayloadOf<'signalprocessing.signal.processed'>, 'event_type'>;

type WordOf<Name extends keyof Payload> = NonNullable<Payload[Name]>;
type Vocabulary<Word extends string> = ReadonlyMap<string, Word>;

/** Finds the word of a vocabulary that is meant, in whatever case it is written; undefined when there is none. */
export function findWord<Word extends string>(
  vocabulary: Vocabulary<Word>,
  text: string | undefined,
): Word | undefined {
  return vocabulary.get((text ?? '').toLowerCase());
}

/** Phases of a SignalProcessing object. */
export const phases: Vocabulary<Payload['phase']> = vocabularyOf([
  'Pending',
  'Enriching',
  'Classifying',
  'Categorizing',
  'Completed',
  'Failed',
]);

/** Severities, those of January and later ones. */
export const severities: Vocabulary<WordOf<'severity'>> = vocabularyOf([
  'critical',
  'high',
  'medium',
  'low',
  'warning',
  'info',
  'unknown',
]);

/** Environments of a resource. */
export const environments: Vocabulary<WordOf<'environment'>> = vocabularyOf([
  'production',
  'staging',
  'development',
  'test',
  'unknown',
]);

/** What can say which environment it is. */
export const environmentSources: Vocabulary<WordOf<'environment_source'>> = vocabularyOf([
  'rego',
  'labels',
  'default',
  'namespace-labels',
  'rego-inference',
  'rego-policy',
]);

/** Priorities of a signal. */
export const priorities: Vocabulary<WordOf<'priority'>> = vocabularyOf(['P0', 'P1', 'P2', 'P3', 'P4']);

/** What can say which priority it is. The classifier's documentation turns the words of the last one around. */
export const prioritySources: Vocabulary<WordOf<'priority_source'>> = new Map([
  ...vocabularyOf(['rego', 'severity', 'default', 'rego-policy', 'fallback-severity'] as const),
  ['severity-fallback', 'fallback-severity'],
]);

/** How much a resource matters to the business. */
export const criticalities: Vocabulary<WordOf<'criticality'>> = vocabularyOf([
  'critical',
  'high',
  'medium',
  'warning',
  'low',
]);

function vocabularyOf<const Word extends string>(words: readonly Word[]): Vocabulary<Word> {
  return new Map(words.map((word) => [word.toLowerCase(), word]));
}
