/**
 * Runs work against the database, and cuts the connections each time so much has passed: no silence of the network lasts
 * longer. Work that was cut fails by itself, so that nothing goes on behind the caller's back.
 */
export async function cutAfter<Result>(
  milliseconds: number,
  cut: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(cut, milliseconds).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
