import type { Principal } from '@audit/datastorage/server';
import type { ChainVerification, ConsistencyProof, InclusionProof, LogKeysResponse } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import type { Proven } from '../tree/log-proofs.ts';
import {
  type ConsistencyQuery,
  type InclusionQuery,
  parseConsistencyQuery,
  parseInclusionQuery,
} from '../tree/parse-proof-query.ts';
import { parseRequestBody } from './parse-request-body.ts';
import { principalOf } from './principal.ts';
import { queryOf } from './query-of.ts';
import { RequestProblem } from './request-problem.ts';

/** What the routes of proofs need. */
export interface ProofRouteOptions {
  readonly proveInclusion: (query: InclusionQuery) => Promise<Proven<InclusionProof>>;
  readonly proveConsistency: (query: ConsistencyQuery) => Promise<Proven<ConsistencyProof>>;
  readonly listLogKeys: () => Promise<LogKeysResponse>;
  readonly verifyChain: (correlationId: string, principal: Principal) => Promise<ChainVerification>;
}

/** Adds the routes of proofs and of the log's keys, and `POST /api/v1/audit/verify-chain`. */
export function addProofRoutes(server: FastifyInstance, options: ProofRouteOptions): void {
  server.get('/api/v1/audit/proofs/inclusion', async (request) =>
    proofOf(await options.proveInclusion(queryOf(request.url, parseInclusionQuery))),
  );

  server.get('/api/v1/audit/proofs/consistency', async (request) =>
    proofOf(await options.proveConsistency(queryOf(request.url, parseConsistencyQuery))),
  );

  server.get('/api/v1/audit/log-keys', () => options.listLogKeys());

  server.post('/api/v1/audit/verify-chain', async (request) =>
    options.verifyChain(parseRequestBody('chainVerification', request).correlation_id, principalOf(request)),
  );
}

function proofOf<Proof>(proven: Proven<Proof>): Proof {
  if (proven.outcome === 'proven') return proven.proof;
  throw new RequestProblem(
    'not-found',
    proven.outcome === 'no_record'
      ? 'The log has no such record.'
      : `There is no such proof: the sizes must ascend, and the log has ${proven.size} records.`,
  );
}
