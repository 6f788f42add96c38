import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  // A third of a test's time is waiting, for servers and for processes that it started. On two cores a third worker makes the suite a quarter faster.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // Of one file, side by side: each is a process that the runner's cores share.
  maxConcurrency: 3,
  // No test checks how fast anything is, and a busy machine fails none.
  testTimeout: 60_000,
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['<rootDir>/__tests__/property-seed.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  reporters: ['default', '<rootDir>/dev/aws/contract-reporter.js'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }] },
};
