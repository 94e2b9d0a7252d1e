import { specVersion } from '@audit/schema';
import { context, type Link, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Submission } from '../ingest/submission.ts';
import type { StoreWrite } from '../outage/intake.ts';
import { tracerName } from './request-spans.ts';

/** What most tracer providers keep of the links of a span. */
const linksMax = 128;

/**
 * Makes a span of every group commit. It is no child of one request, since it stores the events of many: it is linked to
 * each of them.
 */
export class CommitSpans {
  readonly #tracer = trace.getTracer(tracerName, specVersion);
  readonly #requests = new WeakMap<Submission, Link>();

  /** Remembers the request that is being handled as the one that submits this. */
  note(submission: Submission): void {
    const span = trace.getActiveSpan();
    if (span !== undefined) this.#requests.set(submission, { context: span.spanContext() });
  }

  /** Wraps what writes submissions. */
  around(write: StoreWrite): StoreWrite {
    return (submissions, options) => {
      const links = submissions.flatMap((submission) => this.#requests.get(submission) ?? []);
      const attributes = { 'audit.submissions': submissions.length };
      const settings = { root: true, links: links.slice(0, linksMax), attributes };
      const span = this.#tracer.startSpan('audit.commit', settings);
      const active = trace.setSpan(ROOT_CONTEXT, span);
      return endWith(
        span,
        context.with(active, () => write(submissions, options)),
      );
    };
  }
}

async function endWith<Result>(span: Span, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    // The message of a database error quotes rows, and rows hold personal data.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : '' });
    throw error;
  } finally {
    span.end();
  }
}
