/**
 * Starts work whose result is needed later.
 *
 * @returns waits for the result, or throws what the work threw. Until then a failure is kept: Node ends a process in which a promise fails that nobody waits for
 */
export function startEarly<T>(work: () => Promise<T>): () => Promise<T> {
  const settled = Promise.allSettled([work()]);
  return async () => {
    const [outcome] = await settled;
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  };
}
