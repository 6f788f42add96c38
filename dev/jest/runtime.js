import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** Where jest-circus keeps, for the whole process, who listens to its events, the time limit that a test file set for itself, and its tests. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');
const TIME_LIMIT = Symbol.for('TEST_TIMEOUT_SYMBOL');
const TESTS = 'JEST_STATE_SYMBOL';

/**
 * What jest loads test files with, in place of its own `jest-runtime`. That evaluates all modules again for each file, the AWS SDK included. Here Node.js
 * loads them, and a worker keeps what it has loaded, compiled code too: tests take half the time. Files can't meet in a module of `src/`, since
 * none keeps state (`npm run state`).
 *
 * It has what this project needs of jest: no module mocks, fake timers, snapshots or coverage.
 */
export default class SharedModules {
  #globals;
  #exit = process.exit;

  constructor() {
    delete globalThis[TIME_LIMIT];
    delete globalThis[LISTENERS];
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) if (symbol.description === TESTS) delete globalThis[symbol];
    process.exit = (code) => {
      throw new Error(`process.exit(${code ?? ''}) was called in a test`);
    };
  }

  /** @param globals `test`, `expect` and the others, for the next file */
  setGlobalsForRuntime(globals) {
    this.#globals = globals;
  }

  requireInternalModule(path) {
    // jest-circus keeps the tests of one file.
    delete require.cache[path];
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    // jest's would look for the source maps of its own loader.
    Error.prepareStackTrace = undefined;
    // Node.js has one instance for all test files; `require` would make another.
    const { offer } = await import('./globals.js');
    if (this.#globals !== undefined) offer(this.#globals);
    await import(pathToFileURL(path).href);
  }

  requireModule() {
    throw new Error('not used: all is imported');
  }

  getSourceMaps() {
    return new Map();
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  enterTestCode() {}

  leaveTestCode() {}

  teardown() {
    process.exit = this.#exit;
  }
}
