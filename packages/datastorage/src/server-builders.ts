import { datastorageServerEvents, draftEvent, type EventDraft, type PayloadOf } from '@audit/schema';

type Draft<Name extends keyof typeof datastorageServerEvents> = EventDraft<
  (typeof datastorageServerEvents)[Name]
>;

/** Who made a request. */
export interface Principal {
  /** Name of the user; `anonymous` where nobody is authenticated. */
  readonly id: string;
}

/** Input of {@link legalHoldPlaced}. */
export interface LegalHoldPlacedInput {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly reason: string;
}

/** Builds `datastorage.legal_hold.placed`: a correlation came under legal hold. */
export function legalHoldPlaced(input: LegalHoldPlacedInput): Draft<'legalHoldPlaced'> {
  return draftEvent(datastorageServerEvents.legalHoldPlaced, {
    ...actedBy(input.principal),
    ...aboutHoldOn(input.correlationId),
    event_outcome: 'success',
    event_data: { reason: input.reason },
  });
}

/** Input of {@link legalHoldReleased}. */
export interface LegalHoldReleasedInput {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly releaseReason: string;
  /** Sequence of the event that placed the hold. */
  readonly holdSequence: number;
}

/** Builds `datastorage.legal_hold.released`: a legal hold ended. */
export function legalHoldReleased(input: LegalHoldReleasedInput): Draft<'legalHoldReleased'> {
  return draftEvent(datastorageServerEvents.legalHoldReleased, {
    ...actedBy(input.principal),
    ...aboutHoldOn(input.correlationId),
    event_outcome: 'success',
    event_data: { release_reason: input.releaseReason, hold_sequence: input.holdSequence },
  });
}

/** Input of {@link retentionPurged}. */
export interface RetentionPurgedInput {
  readonly logId: string;
  readonly purged: PurgedRecords;
  readonly defaultRetentionDays: number;
  readonly categoryRetentionDays: PurgePayload['category_retention_days'];
}

/** Records purged one by one, or all that were left of a partition. */
export type PurgedRecords =
  | {
      /** Ascending, each once, at least one. */
      readonly sequences: readonly number[];
    }
  | {
      readonly partition: NonNullable<PurgePayload['partition']>;
      /** Ascending, without gaps inside a range, at least one. */
      readonly ranges: Readonly<PurgePayload['ranges']>;
    };

type PurgePayload = PayloadOf<'datastorage.retention.purged'>;

/** Builds `datastorage.retention.purged`: records were purged because their retention period was over. */
export function retentionPurged(input: RetentionPurgedInput): Draft<'retentionPurged'> {
  return draftEvent(datastorageServerEvents.retentionPurged, {
    actor_type: 'service',
    actor_id: 'datastorage',
    ...aboutLog(input.logId),
    event_outcome: 'success',
    correlation_id: `retention:${input.logId}`,
    event_data: {
      ...purgedMembers(input.purged),
      default_retention_days: input.defaultRetentionDays,
      category_retention_days: input.categoryRetentionDays,
    },
  });
}

/** Input of {@link personalDataErased}. */
export interface PersonalDataErasedInput {
  readonly principal: Principal;
  readonly logId: string;
  /** UUID that joins the events of one request. */
  readonly requestId: string;
  readonly reason: string;
  readonly despiteHold: boolean;
  /** The members erased, at least one. */
  readonly members: PayloadOf<'datastorage.personal_data.erased'>['members'];
  /** Members of the whole request that are kept because of a legal hold. */
  readonly membersKeptUnderHold: number;
}

/** Builds `datastorage.personal_data.erased`: personal data was erased on request. It never repeats what was erased. */
export function personalDataErased(input: PersonalDataErasedInput): Draft<'personalDataErased'> {
  return draftEvent(datastorageServerEvents.personalDataErased, {
    ...actedBy(input.principal),
    ...aboutLog(input.logId),
    event_outcome: 'success',
    correlation_id: `erasure:${input.logId}`,
    event_data: {
      request_id: input.requestId,
      reason: input.reason,
      despite_hold: input.despiteHold,
      members_erased: input.members.length,
      members_kept_under_hold: input.membersKeptUnderHold,
      members: input.members,
    },
  });
}

/** Input of {@link signingKeyRotated}. */
export interface SigningKeyRotatedInput {
  readonly logId: string;
  /** Public key that was in use, as text. */
  readonly previousKey: string;
  /** Public key in use from now on, as text. */
  readonly newKey: string;
}

/** Builds `datastorage.signing_key.rotated`: the log changed the key that signs its checkpoints. */
export function signingKeyRotated(input: SigningKeyRotatedInput): Draft<'signingKeyRotated'> {
  return draftEvent(datastorageServerEvents.signingKeyRotated, {
    actor_type: 'service',
    actor_id: 'datastorage',
    ...aboutLog(input.logId),
    event_outcome: 'success',
    correlation_id: `signing-key:${input.logId}`,
    event_data: { previous_key: input.previousKey, new_key: input.newKey },
  });
}

/** Input of {@link recordsExported}. */
export interface RecordsExportedInput {
  readonly principal: Principal;
  readonly logId: string;
  /** Correlation that is exported, or that of the one event; left out for an export that is of none. */
  readonly correlationId?: string | undefined;
  /** What is exported, in the names of the payload. */
  readonly exported: Omit<PayloadOf<'datastorage.records.exported'>, 'event_type'>;
}

/** Builds `datastorage.records.exported`: records are exported, or an evidence pack is made. */
export function recordsExported(input: RecordsExportedInput): Draft<'recordsExported'> {
  return draftEvent(datastorageServerEvents.recordsExported, {
    ...actedBy(input.principal),
    ...aboutLog(input.logId),
    event_outcome: 'success',
    correlation_id: input.correlationId ?? `export:${input.logId}`,
    event_data: input.exported,
  });
}

/** Input of {@link chainVerified}. */
export interface ChainVerifiedInput {
  readonly principal: Principal;
  readonly correlationId: string;
  /** What was found, in the names of the payload. */
  readonly found: Omit<PayloadOf<'datastorage.chain.verified'>, 'event_type'>;
}

/** Builds `datastorage.chain.verified`: the service verified a trail; a broken one is the outcome `failure`. */
export function chainVerified({
  principal,
  correlationId,
  found,
}: ChainVerifiedInput): Draft<'chainVerified'> {
  return draftEvent(datastorageServerEvents.chainVerified, {
    ...actedBy(principal),
    resource_type: 'Correlation',
    resource_id: correlationId,
    event_outcome: found.is_valid ? 'success' : 'failure',
    correlation_id: correlationId,
    event_data: found,
  });
}

/** Input of {@link personalDataDisclosed}. */
export interface PersonalDataDisclosedInput {
  readonly principal: Principal;
  readonly correlationId: string;
  readonly eventId: string;
  /** Sequence of the event's record. */
  readonly sequence: number;
  /** JSON pointers to the members whose values are handed out, at least one. */
  readonly pointers: readonly string[];
}

/** Builds `datastorage.personal_data.disclosed`: values of one event were handed out. It never repeats them. */
export function personalDataDisclosed(input: PersonalDataDisclosedInput): Draft<'personalDataDisclosed'> {
  return draftEvent(datastorageServerEvents.personalDataDisclosed, {
    ...actedBy(input.principal),
    resource_type: 'AuditEvent',
    resource_id: input.eventId,
    event_outcome: 'success',
    correlation_id: input.correlationId,
    event_data: { event_id: input.eventId, sequence: input.sequence, pointers: [...input.pointers] },
  });
}

function actedBy(principal: Principal) {
  return { actor_type: 'user', actor_id: principal.id };
}

function aboutHoldOn(correlationId: string) {
  return { resource_type: 'LegalHold', resource_id: correlationId, correlation_id: correlationId };
}

function aboutLog(logId: string) {
  return { resource_type: 'Log', resource_id: logId };
}

function purgedMembers(purged: PurgedRecords) {
  if ('sequences' in purged)
    return { records_purged: purged.sequences.length, ranges: rangesOf(purged.sequences) };
  const { partition, ranges } = purged;
  const count = ranges.reduce((sum, range) => sum + range.last_sequence - range.first_sequence + 1, 0);
  return { records_purged: count, ranges: [...ranges], partition };
}

function rangesOf(sequences: readonly number[]): PurgePayload['ranges'] {
  const ranges: { first_sequence: number; last_sequence: number }[] = [];
  for (const sequence of sequences) {
    const range = ranges.at(-1);
    if (range?.last_sequence === sequence - 1) range.last_sequence = sequence;
    else ranges.push({ first_sequence: sequence, last_sequence: sequence });
  }
  return ranges;
}
