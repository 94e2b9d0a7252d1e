import type {} from 'vitest';

/** What the global set-up of the tests provides; read it with vitest's `inject`. */
export interface TestContext {
  /** Connection string of a PostgreSQL server on which tests create databases of their own. */
  postgresUrl: string;
  /** Address of a service that takes events from every test; read nothing from it that others write. */
  auditServerUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext extends TestContext {}
}
