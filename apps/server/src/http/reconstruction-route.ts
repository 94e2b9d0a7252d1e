import type { FastifyInstance } from 'fastify';
import type { ReconstructionResult, ReconstructRequest } from '../reconstruction/reconstruct-request.ts';
import { type CorrelationParameters, correlationIdOf } from './correlation-parameter.ts';
import type { ReadingNotes } from './reading-notes.ts';
import { RequestProblem } from './request-problem.ts';

/** What the route of reconstructions needs. */
export interface ReconstructionRouteOptions extends ReadingNotes {
  readonly reconstruct: ReconstructRequest;
}

const path = '/api/v1/audit/remediation-requests/:correlation_id/reconstruct';

/** Adds `POST /api/v1/audit/remediation-requests/{correlation_id}/reconstruct`. */
export function addReconstructionRoute(
  server: FastifyInstance,
  { reconstruct, noteReading }: ReconstructionRouteOptions,
): void {
  server.post<{ Params: CorrelationParameters }>(path, async (request) => {
    const correlation_id = correlationIdOf(request.params);
    const result = await reconstruct(correlation_id);
    if (result.outcome !== 'rebuilt') throw problemOf(result);
    noteReading(request, { records: result.records, filter: { correlation_id } });
    return result.reconstruction;
  });
}

type Failure = Exclude<ReconstructionResult, { outcome: 'rebuilt' }>;

function problemOf(failure: Failure): RequestProblem {
  switch (failure.outcome) {
    case 'no_events':
      return problem('audit/correlation-not-found', 'The log has no event of the correlation.', failure);
    case 'no_giving_events':
      return problem(
        'reconstruction/no-parseable-events',
        'No event of the correlation gives anything.',
        failure,
      );
    case 'no_gateway_event':
      return problem(
        'reconstruction/missing-gateway-event',
        'The correlation has no event gateway.signal.received, which begins a remediation.',
        failure,
      );
    case 'invalid':
      return new RequestProblem('reconstruction/unprocessable', `${failure.validation.errors.join('; ')}.`);
    case 'incomplete':
      return new RequestProblem(
        'reconstruction/incomplete-data',
        `The events give ${failure.validation.completeness} percent, at least 50 are needed: ${failure.validation.warnings.join('; ')}.`,
      );
  }
}

function problem(
  slug:
    | 'audit/correlation-not-found'
    | 'reconstruction/no-parseable-events'
    | 'reconstruction/missing-gateway-event',
  detail: string,
  { purged }: { readonly purged: number },
): RequestProblem {
  return new RequestProblem(
    slug,
    purged === 0 ? detail : `${detail} Records of it that were purged: ${purged}.`,
  );
}
