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
  // One more than there are cores: end-to-end tests wait for processes.
  maxWorkers: availableParallelism() + 1,
  // A worker that has run many files is slower than a new one: with 800 MB, all tests took a fifth more CPU time.
  workerIdleMemoryLimit: '400MB',
  // Of one file, side by side: each is a process that the runner's cores share.
  maxConcurrency: 3,
  // No test checks how fast anything is, and a busy machine fails none. Jest reads it here alone, not in a project.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/dev/jest/sequencer.js',
  reporters: ['default', '<rootDir>/dev/jest/left-out.js'],
  projects: [
    project('unit', ['**/*.test.ts', ...not(E2E), ...not(CONTRACT)]),
    project('contract', [...CONTRACT, ...not(E2E)]),
    project('e2e', E2E),
  ],
};
