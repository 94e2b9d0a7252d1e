import type { Database } from './database.ts';

/** Tells whether the database answers within some milliseconds. */
export async function probeDatabase(database: Database, milliseconds: number): Promise<boolean> {
  try {
    await Promise.race([database.query('select 1'), rejectAfter(milliseconds)]);
    return true;
  } catch {
    // The probe's answer is the report; the pool logs the connection's own error.
    return false;
  }
}

function rejectAfter(milliseconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), milliseconds).unref();
  });
}
