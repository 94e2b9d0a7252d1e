/** The server must not run as it is set up, and waiting does not change that. */
export class StartRefusedError extends Error {
  override readonly name: string = 'StartRefusedError';
}
