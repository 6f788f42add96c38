/**
 * What test files import as `@jest/globals`. The package of that name serves jest's own loader alone. Each file gets a new set, which helpers that several
 * files import see as well, because an import is bound to the variable.
 */
export let describe;
export let test;
export let expect;
export let beforeAll;
export let afterAll;
export let beforeEach;
export let afterEach;

export const jest = {
  /** @param ms time limit of each test of the file that is being loaded */
  setTimeout(ms) {
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = ms;
    return jest;
  },
};

export function offer(globals) {
  ({ describe, test, expect, beforeAll, afterAll, beforeEach, afterEach } = globals);
}
