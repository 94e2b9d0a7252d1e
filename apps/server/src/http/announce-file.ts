import type { FastifyReply } from 'fastify';

/** A file that a log is taken out in. */
export interface LogFile {
  readonly logId: string;
  /** Number of records of the log, or of the part that its checkpoint covers. */
  readonly size: number;
  /** What the name of the file says behind the log. */
  readonly suffix: string;
}

/** Says of which log an answer is, how large that was, and what to call the file. */
export function announceFile(reply: FastifyReply, { logId, size, suffix }: LogFile): FastifyReply {
  return reply.headers({
    'audit-log-id': encodeURIComponent(logId),
    'audit-log-size': size,
    'content-disposition': `attachment; filename="audit-${logId.replaceAll(/[^\w.-]/g, '_')}-${suffix}"`,
  });
}
