export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['<rootDir>/__tests__/property-seed.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  reporters: ['default', '<rootDir>/dev/aws/contract-reporter.js'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }] },
};
