import { Readable } from 'node:stream';
import type { Principal } from '@audit/datastorage/server';
import type { FastifyInstance } from 'fastify';
import type { ExportFormat, ExportQuery } from '../export/export-query.ts';
import type { OpenExport } from '../export/open-export.ts';
import { parseExportQuery } from '../export/parse-export-query.ts';
import { announceFile } from './announce-file.ts';
import { principalOf } from './principal.ts';
import { queryOf } from './query-of.ts';

/** What the export route needs. */
export interface ExportRouteOptions {
  readonly openExport: (query: ExportQuery, principal: Principal) => Promise<OpenExport>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/jsonl; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

/** Adds `GET /api/v1/audit/export`. */
export function addExportRoute(server: FastifyInstance, options: ExportRouteOptions): void {
  // Answering HEAD would read everything only to throw it away.
  server.get('/api/v1/audit/export', { exposeHeadRoute: false }, async (request, reply) => {
    const query = queryOf(request.url, (parameters) => parseExportQuery(parameters, options.now()));
    const opened = await options.openExport(query, principalOf(request));
    return (
      announceFile(reply, { ...opened, suffix: suffixOf(query, opened) })
        .type(mediaTypes[query.format])
        // When it fails after the headers, the connection is cut, so that nobody takes the part for the whole.
        .send(Readable.from(opened.pieces, { objectMode: false }))
    );
  });
}

function suffixOf({ fromSequence = 0, format }: ExportQuery, { end }: OpenExport): string {
  return `${fromSequence}-${Math.max(end - 1, fromSequence)}.${format}`;
}
