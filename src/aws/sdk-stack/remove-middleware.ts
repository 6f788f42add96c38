/**
 * Takes middlewares out of a client's stack.
 *
 * @throws {Error} when one is not there: an upgrade of the SDK has renamed it, and what was to go would stay
 */
export function removeMiddleware(stack: { remove(name: string): boolean }, names: readonly string[]): void {
  for (const name of names) {
    if (!stack.remove(name)) throw new Error(`the SDK's stack has no ${name}`);
  }
}
