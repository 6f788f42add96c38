/**
 * The way of the data, pinned: desired → live → drift → attribution, capture, plan, proposal → apply → report → publish. Nothing flows back; only the rim does I/O.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const mayImport = {
  policy: [],
  text: [],
  time: [],
  iam: ['policy'],
  network: ['text'],
  state: ['policy', 'iam', 'text'],
  inputs: ['text'],
  desired: ['policy', 'iam', 'text', 'time', 'state'],
  aws: ['iam', 'text', 'time', 'state', 'network'],
  live: ['policy', 'iam', 'text', 'time', 'state', 'aws'],
  drift: ['policy', 'iam', 'text', 'time', 'state'],
  attribution: ['policy', 'iam', 'text', 'time', 'state', 'aws', 'live', 'drift'],
  capture: ['policy', 'iam', 'text', 'time', 'state', 'desired', 'drift'],
  plan: ['policy', 'iam', 'text', 'time', 'state', 'drift'],
  proposal: ['policy', 'iam', 'text', 'time', 'state', 'drift'],
  apply: ['policy', 'iam', 'text', 'time', 'state', 'aws', 'plan'],
  report: ['policy', 'iam', 'text', 'time', 'state', 'drift', 'attribution', 'capture', 'plan', 'proposal', 'apply'],
  publish: ['text', 'time', 'state', 'report', 'network'],
};
const stations = [...Object.keys(mayImport), 'run'];

/** The project of a test, by the name of its file as in jest.config.js: all others are unit tests. */
const WITH_SERVERS_OR_PROCESSES = ['^__tests__/e2e/', '\\.(contract|e2e)\\.test\\.ts$'];
/** Who listens, or speaks HTTP, beside `src/`. */
const SERVERS = [
  '^dev/aws/(server|endpoint|reply)\\.ts$',
  '^dev/github/server\\.ts$',
  '^dev/network/(connect-proxy|listening|tls-front)\\.ts$',
  '^dev/bench/',
  '^(__tests__/(aws/proxy|docs/chat)|dev/aws/moto-front)\\.ts$',
];
/** Modules and packages that start processes or threads. */
const PROCESSES = ['^(node:)?(child_process|cluster|worker_threads)$', '^node_modules/(esbuild|tsx|@vercel/ncc)/'];

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries({ ...mayImport, run: stations }).map(([from, to]) => ({
      name: `${from}-imports-only-what-comes-before`,
      severity: 'error',
      from: { path: `^src/${from}/` },
      to: { path: '^src/', pathNot: [from, ...to].map((folder) => `^src/${folder}/`) },
    })),
    {
      name: 'every-folder-is-a-station',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${stations.join('|')})/` },
    },
    {
      name: 'entry-is-the-top',
      comment: 'Only the entry is outside the stations, and nothing imports it.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'report-is-rendered-in-one-direction',
      comment: 'The model is data, sections are parts of pages, outputs are what is published.',
      severity: 'error',
      from: { path: '^src/report/model/' },
      to: { path: '^src/report/(sections|outputs)/' },
    },
    { name: 'sections-know-no-output', severity: 'error', from: { path: '^src/report/sections/' }, to: { path: '^src/report/outputs/' } },
    {
      name: 'pure-inside',
      comment: 'These neither do I/O nor know of AWS, GitHub or the runner.',
      severity: 'error',
      from: { path: '^src/(policy|text|iam|state|inputs|desired|drift|capture|plan|proposal|report)/' },
      to: {
        path: ['^node_modules/(@aws-sdk|@smithy|@actions|@octokit)/', '^(node:)?(fs|fs/promises|http|https|net|child_process|process)$'],
      },
    },
    {
      name: 'aws-only-where-it-is-called',
      severity: 'error',
      from: { path: '^src/(?!aws/|live/|apply/)' },
      to: { path: '^node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'sdk-internals-in-one-folder',
      comment: 'What is taken out of the SDK, and put in its place, is explained and tested there: src/aws/sdk-stack/README.md.',
      severity: 'error',
      from: { path: '^src/(?!aws/sdk-stack/)' },
      to: { path: '^node_modules/@smithy/' },
    },
    {
      name: 'report-knows-of-apply-and-attribution-by-their-types-alone',
      severity: 'error',
      from: { path: '^src/report/' },
      to: { path: '^src/(apply|attribution/(?!cause|via))', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'github-only-in-publish',
      severity: 'error',
      from: { path: '^src/(?!publish/|index\\.ts)' },
      to: { path: '^node_modules/(@actions|@octokit)/' },
    },
    { name: 'no-development-code-in-the-action', severity: 'error', from: { path: '^src/' }, to: { path: '^(dev|__tests__)/' } },
    {
      name: 'unit-tests-start-no-servers',
      comment: 'Neither themselves nor by what they import: give the file a name that ends in .contract.test.ts.',
      severity: 'error',
      from: { path: '^__tests__/.*\\.test\\.ts$', pathNot: WITH_SERVERS_OR_PROCESSES },
      to: { path: SERVERS, reachable: true },
    },
    {
      name: 'unit-tests-start-no-processes',
      comment: 'Neither themselves nor by what they import: give the file a name that ends in .e2e.test.ts.',
      severity: 'error',
      from: { path: '^__tests__/.*\\.test\\.ts$', pathNot: WITH_SERVERS_OR_PROCESSES },
      to: { path: PROCESSES, reachable: true },
    },
    {
      name: 'contract-tests-run-no-bundle',
      severity: 'error',
      from: { path: '^__tests__/(?!e2e/).*\\.contract\\.test\\.ts$' },
      to: { path: '^dev/runner/run-action\\.ts$', reachable: true },
    },
    {
      name: 'every-server-is-known',
      comment: 'The rule for unit tests looks for the modules of this list.',
      severity: 'error',
      from: { path: '^(dev|__tests__)/', pathNot: [...SERVERS, ...WITH_SERVERS_OR_PROCESSES] },
      to: { path: '^(node:)?(dgram|http|http2|https|net|tls)$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'embedded-aws-authorizes-by-itself',
      comment: 'Its evaluator is what the engine of src/policy is tested against.',
      severity: 'error',
      from: { path: '^dev/aws/authorization/' },
      to: { path: '^src/', reachable: true },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    {
      name: 'runtime-dependencies-only',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
