import type { Reconstruction, ReconstructionValidation } from '@audit/schema';
import { reconstructionSources } from '../generated/reconstruction-sources.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { readGivingEvents } from './read-giving-events.ts';
import { RebuiltRequest } from './rebuilt-request.ts';
import { completenessMin, validateRebuilt } from './validate-rebuilt.ts';
import { writeManifest } from './write-manifest.ts';

/** Options of {@link createReconstruction}. */
export interface ReconstructionOptions {
  readonly database: Database;
  readonly logId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A rebuilt RemediationRequest, or why there is none. */
export type ReconstructionResult =
  | {
      readonly outcome: 'rebuilt';
      readonly reconstruction: Reconstruction;
      /** Number of records it was rebuilt from. */
      readonly records: number;
    }
  | { readonly outcome: 'no_events' | 'no_giving_events' | 'no_gateway_event'; readonly purged: number }
  | { readonly outcome: 'invalid' | 'incomplete'; readonly validation: ReconstructionValidation };

/** Rebuilds the RemediationRequest of a correlation. */
export type ReconstructRequest = (correlationId: string) => Promise<ReconstructionResult>;

interface CountRow extends Record<string, unknown> {
  readonly records: number;
  readonly purged: number;
}

const countCorrelation = readQuery('count-correlation');
const types = [...reconstructionSources.keys()];
const gatewayType = 'gateway.signal.received';

/** Makes what rebuilds a RemediationRequest from the events of a log, any number of them. */
export function createReconstruction({ database, logId, now }: ReconstructionOptions): ReconstructRequest {
  return async (correlationId) => {
    const [count] = await database.query<CountRow>(countCorrelation, [logId, correlationId]);
    const { records = 0, purged = 0 } = count ?? {};
    if (records === purged) return { outcome: 'no_events', purged };
    const rebuilt = new RebuiltRequest();
    let giving = 0;
    for await (const event of readGivingEvents(database, { logId, correlationId, types })) {
      rebuilt.add(event);
      giving += 1;
    }
    if (rebuilt.types.size === 0) return { outcome: 'no_giving_events', purged };
    if (!rebuilt.types.has(gatewayType)) return { outcome: 'no_gateway_event', purged };
    const validation = validateRebuilt(rebuilt, purged);
    if (!validation.is_valid) return { outcome: 'invalid', validation };
    if (validation.completeness < completenessMin) return { outcome: 'incomplete', validation };
    const reconstruction = answer(rebuilt, validation, { correlationId, now: now() });
    return { outcome: 'rebuilt', reconstruction, records: giving };
  };
}

function answer(
  rebuilt: RebuiltRequest,
  validation: ReconstructionValidation,
  identity: { readonly correlationId: string; readonly now: number },
): Reconstruction {
  const cluster = rebuilt.get(['spec', 'clusterID']);
  return {
    remediation_request_yaml: writeManifest(rebuilt.members, identity),
    validation,
    reconstructed_at: new Date(identity.now).toISOString(),
    correlation_id: identity.correlationId,
    ...(typeof cluster === 'string' ? { cluster_id: cluster } : {}),
  };
}
