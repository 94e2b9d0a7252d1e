import type {} from 'vitest';

/** What the global set-up of the tests provides; read it with vitest's `inject`. */
export interface PostgresContext {
  /** Connection string of a server on which tests create databases of their own. */
  postgresUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext extends PostgresContext {}
}
