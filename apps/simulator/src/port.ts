import { once } from 'node:events';
import { createServer } from 'node:net';

/** Tells whether a local TCP port can be listened on now. */
export async function isPortFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    // Taken, or not ours to take: either way it is of no use.
    return false;
  } finally {
    probe.close();
  }
}
