import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, determineHitLimitReached, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { expect } from 'expect';
import fc from 'fast-check';
import { Collector } from './collector.js';

/**
 * Runs the tests of `src/policy` for Stryker inside its own worker process: some 4,000 mutants take minutes, while starting jest for each would
 * take a day. The test files are the unit tests that jest runs. They are bundled once, and evaluated again only for mutants in code that runs while
 * a module loads: otherwise the compiled code is kept.
 */

const FOLDER = '__tests__/policy';

/** These run last: a test that takes a millisecond catches most mutants. */
const SLOW = [
  'inclusion.test.ts',
  'text-atoms.test.ts',
  'decide.test.ts',
  'work.test.ts',
  'mixed-types.test.ts',
  'limits.test.ts',
  'variables.test.ts',
  'properties.test.ts',
];

/** The test that fails if the files can't be loaded. */
const LOADING = 'loading';
const NAMESPACE = INSTRUMENTER_CONSTANTS.NAMESPACE;

/** What the test files import, passed in from outside the bundle. */
const HOST = 'policyTestHost';
const SHIMS = new Map([
  ['@jest/globals', `export const { describe, test, expect } = globalThis.${HOST};`],
  ['fast-check', `export default globalThis.${HOST}.fc;`],
  ['node:fs', `export const { readdirSync, readFileSync } = globalThis.${HOST};`],
]);

const shims = {
  name: 'shims',
  setup(bundle) {
    bundle.onResolve({ filter: /^(@jest\/globals|fast-check|node:fs)$/ }, ({ path }) => ({ path, namespace: 'shim' }));
    bundle.onLoad({ filter: /.*/, namespace: 'shim' }, ({ path }) => ({ contents: SHIMS.get(path) ?? '', loader: 'js' }));
  },
};

class PolicyTestRunner {
  #script = new Script('');
  /** The collected tests; `null` if they must be collected again. */
  #tests = null;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // By now Stryker has changed into its copy of the project; esbuild would build where it was loaded.
    const folder = resolve(FOLDER);
    const all = readdirSync(folder).filter((file) => /^[^.]+\.test\.ts$/.test(file));
    const files = [...all.filter((file) => !SLOW.includes(file)), ...SLOW];
    const { outputFiles } = await build({
      stdin: { contents: files.map((file) => `import './${file}';`).join('\n'), resolveDir: folder, loader: 'ts' },
      absWorkingDir: process.cwd(),
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(`${folder}/bundle.js`).href) },
      plugins: [shims],
    });
    this.#script = new Script(outputFiles[0]?.text ?? '', { filename: 'policy-tests.js' });
    // Mutants must meet the same documents as the dry run.
    fc.configureGlobal({ seed: 20261122 });
  }

  async dryRun() {
    this.#activate(undefined);
    this.#tests = this.#load();
    const tests = this.#run(null, false);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: globalThis[NAMESPACE]?.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail, reloadEnvironment }) {
    if (!reloadEnvironment && this.#tests === null) {
      this.#activate(undefined);
      this.#tests = this.#load();
    }
    this.#activate(activeMutant.id, hitLimit);
    if (reloadEnvironment) this.#tests = this.#load();
    const tests = this.#run(testFilter ? new Set(testFilter) : null, !disableBail);
    if (reloadEnvironment) this.#tests = null;
    const timeout = determineHitLimitReached(globalThis[NAMESPACE]?.hitCount, hitLimit);
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests });
  }

  #activate(activeMutant, hitLimit) {
    const state = globalThis[NAMESPACE] ?? {};
    globalThis[NAMESPACE] = Object.assign(state, {
      activeMutant,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
      currentTestId: undefined,
    });
  }

  /** The tests of all files, or one that fails if a file can't be loaded. */
  #load() {
    const collector = new Collector();
    globalThis[HOST] = { describe: collector.describe, test: collector.test, expect, fc, readdirSync, readFileSync };
    try {
      this.#script.runInThisContext();
      return collector.tests;
    } catch (error) {
      const rethrow = () => {
        throw error;
      };
      return [{ id: LOADING, run: rethrow }];
    }
  }

  /** The results of the tests that the filter names, up to the first failure if `bail` is set. */
  #run(filter, bail) {
    const results = [];
    for (const { id, run } of this.#tests ?? []) {
      if (filter && !filter.has(id) && id !== LOADING) continue;
      const one = this.#runOne(id, run);
      results.push(one);
      if (bail && one.status === TestStatus.Failed) break;
    }
    return results;
  }

  #runOne(id, run) {
    const started = performance.now();
    globalThis[NAMESPACE].currentTestId = id;
    try {
      run();
      return result(id, null, performance.now() - started);
    } catch (error) {
      return result(id, String(error), performance.now() - started);
    } finally {
      globalThis[NAMESPACE].currentTestId = undefined;
    }
  }
}

function result(id, failureMessage, timeSpentMs) {
  return failureMessage === null
    ? { id, name: id, timeSpentMs, status: TestStatus.Success }
    : { id, name: id, timeSpentMs, status: TestStatus.Failed, failureMessage };
}

/** Accounting of work changes no verdict, unless it runs out. */
const accounting = {
  shouldIgnore(path) {
    const { node } = path;
    const isSpend = node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.name === 'spend';
    return isSpend ? 'accounting of work' : undefined;
  },
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'policy', PolicyTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'accounting', accounting),
];
