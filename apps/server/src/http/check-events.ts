import {
  type AuditEvent,
  describeReceived,
  type EventCatalogue,
  type EventIssue,
  eventBytesMax,
  eventIssue,
  type ParseEventResult,
  type ProblemError,
  safeParseEvent,
} from '@audit/schema';
import type { IngestLimits } from '../ingest-limits.ts';
import { isContractEvent } from '../record/is-contract-event.ts';
import { type PreparedEvent, prepareEvent } from '../record/prepare-event.ts';
import type { TraceContext } from '../tracing/trace-context.ts';
import { RequestProblem } from './request-problem.ts';

/** What {@link checkInSteps} checks against. */
export interface EventChecks {
  readonly catalogue: EventCatalogue;
  readonly limits: IngestLimits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Trace of the request, for events that name none themselves. */
  readonly trace?: TraceContext | undefined;
}

const issuesPerEventMax = 20;

const eventsPerStep = 100;

/**
 * Checks the events of a request and prepares their records, a hundred a step.
 * @throws {RequestProblem} `validation-error` naming every bad event
 */
export function* checkInSteps(
  events: readonly unknown[],
  checks: EventChecks,
): Generator<void, PreparedEvent[]> {
  const errors: ProblemError[] = [];
  const prepared: PreparedEvent[] = [];
  const now = checks.now();
  const context = { ...checks, span: timeSpan(now, checks.limits), receivedAt: new Date(now).toISOString() };
  for (const [index, value] of events.entries()) {
    if (index > 0 && index % eventsPerStep === 0) yield;
    const checked = checkEvent(value, context);
    if ('issues' in checked) {
      errors.push(...checked.issues.slice(0, issuesPerEventMax).map((issue) => toError(issue, value, index)));
    } else prepared.push(checked);
  }
  if (errors.length > 0) throw invalid(errors, events.length);
  return prepared;
}

/**
 * Checks one event and prepares its record.
 * @throws {RequestProblem} `validation-error` naming every fault
 */
export function checkOne(event: unknown, checks: EventChecks): PreparedEvent {
  const [prepared] = checkInSteps([event], checks).next().value ?? [];
  if (prepared === undefined) throw new Error('one event was checked, none came back');
  return prepared;
}

interface CheckContext {
  readonly catalogue: EventCatalogue;
  readonly span: TimeSpan;
  readonly receivedAt: string;
  readonly trace?: TraceContext | undefined;
}

function checkEvent(
  value: unknown,
  { catalogue, span, receivedAt, trace }: CheckContext,
): PreparedEvent | { readonly issues: readonly EventIssue[] } {
  const result = parseAtLeastCost(value, catalogue);
  if (!result.success) return result;
  if (isOfServer(result.event, catalogue)) return { issues: [ofServer(result.event)] };
  const prepared = prepareEvent(result.event, receivedAt, trace);
  const issues = [...timeIssues(result.event, span), ...sizeIssues(result.event, prepared)];
  return issues.length > 0 ? { issues } : prepared;
}

function parseAtLeastCost(value: unknown, catalogue: EventCatalogue): ParseEventResult {
  return isContractEvent(value) ? { success: true, event: value } : safeParseEvent(value, { catalogue });
}

// An event of the server is obeyed when it is stored: nobody else may write one.
function isOfServer(event: AuditEvent, catalogue: EventCatalogue): boolean {
  return catalogue.find(event.event_type)?.definition.emittedBy === 'server';
}

function ofServer(event: AuditEvent): EventIssue {
  return eventIssue({
    code: 'wrong_value',
    pointer: '/event_type',
    expected: 'an event type that the server does not keep for itself',
    received: describeReceived(event.event_type),
  });
}

/** Describes a fault of one event of a request. */
export function toError(issue: EventIssue, event: unknown, index: number): ProblemError {
  const eventId = typeof event === 'object' && event !== null ? Reflect.get(event, 'event_id') : undefined;
  return { index, ...(typeof eventId === 'string' ? { event_id: eventId.slice(0, 64) } : {}), ...issue };
}

/** The times an event may have, in milliseconds since 1970, and the same in words. */
interface TimeSpan {
  readonly earliest: number;
  readonly latest: number;
  readonly words: () => string;
}

function timeSpan(now: number, { eventPastSecondsMax, eventFutureSecondsMax }: IngestLimits): TimeSpan {
  const earliest = eventPastSecondsMax === undefined ? 0 : Math.max(0, now - eventPastSecondsMax * 1_000);
  const latest = now + eventFutureSecondsMax * 1_000;
  const words = () => {
    const past =
      eventPastSecondsMax === undefined ? '' : `at most ${eventPastSecondsMax} seconds behind and `;
    const bounds = `${past}at most ${eventFutureSecondsMax} seconds ahead of the server's clock`;
    const [from, to] = [earliest, latest].map((time) => new Date(time).toISOString());
    return `a time from ${from} to ${to}, ${bounds}`;
  };
  return { earliest, latest, words };
}

function timeIssues(event: AuditEvent, span: TimeSpan): EventIssue[] {
  const time = Date.parse(event.event_timestamp);
  if (time >= span.earliest && time <= span.latest) return [];
  return [
    eventIssue({
      code: 'out_of_time',
      pointer: '/event_timestamp',
      expected: span.words(),
      received: describeReceived(event.event_timestamp),
    }),
  ];
}

function sizeIssues(event: AuditEvent, prepared: PreparedEvent): EventIssue[] {
  // UTF-8 takes at most three bytes a UTF-16 unit: most events need no second look.
  if (prepared.opening.length * 3 <= eventBytesMax) return [];
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes <= eventBytesMax) return [];
  return [
    eventIssue({
      code: 'too_large',
      pointer: '',
      expected: `at most ${eventBytesMax} bytes of JSON`,
      received: `${bytes} bytes`,
    }),
  ];
}

function invalid(errors: readonly ProblemError[], count: number): RequestProblem {
  const bad = new Set(errors.map((error) => error.index)).size;
  const subject = count === 1 ? 'The event breaks' : `${bad} of ${count} events break`;
  return new RequestProblem('validation-error', `${subject} the contract; nothing was stored. See errors.`, {
    errors,
  });
}
