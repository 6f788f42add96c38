import { availableParallelism } from 'node:os';

const E2E = ['**/__tests__/e2e/**/*.test.ts', '**/*.e2e.test.ts'];
const CONTRACT = ['**/*.contract.test.ts'];

/** What the suites of a project need is in the names of their files; the rules of `npm run layers` hold them to it. */
function project(displayName, testMatch) {
  return {
    displayName,
    testMatch,
    // Jest's own evaluates every module again for each file: dev/jest/runtime.js says why ours does not.
    testEnvironment: '<rootDir>/dev/jest/environment.js',
    runtime: '<rootDir>/dev/jest/runtime.js',
    roots: ['<rootDir>/__tests__'],
    setupFiles: ['<rootDir>/__tests__/property-seed.ts'],
    // tsx does it, which dev/jest/register.js preloads.
    transform: {},
  };
}

const not = (globs) => globs.map((glob) => `!${glob}`);

export default {
  // A worker for each core. One more on two cores made end-to-end tests faster, which wait for processes, and all others slower: contract tests took 4 min 28 s instead of 3 min 35 s.
  maxWorkers: availableParallelism(),
  // Of one file, side by side: each is a process that the runner's cores share.
  maxConcurrency: 3,
  // A worker that has grown is slow, and gives way to a new one.
  workerIdleMemoryLimit: '400MB',
  // No test checks how fast anything is, and a busy machine fails none. Jest reads it here alone, not in a project.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/dev/jest/sequencer.js',
  reporters: ['default', '<rootDir>/dev/aws/contract-reporter.js'],
  projects: [
    project('unit', ['**/*.test.ts', ...not(E2E), ...not(CONTRACT)]),
    project('contract', [...CONTRACT, ...not(E2E)]),
    project('e2e', E2E),
  ],
};
