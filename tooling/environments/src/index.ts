export { startAuditServer } from './audit-server.ts';
export { compileCache } from './compile-cache.ts';
export { tamperWithDatabase } from './tamper-with-database.ts';
export { freePort } from './free-port.ts';
export { createDatabase } from './create-database.ts';
export { startPostgres } from './postgres-server.ts';
export { firstCertificate, secondCertificate } from './test-certificates.ts';

export type { AuditServer, AuditServerOptions } from './audit-server.ts';
export type { PostgresOptions, PostgresServer } from './postgres-server.ts';
export type { TestContext } from './provided-context.ts';
export type { TestCertificate } from './test-certificates.ts';
