/**
 * The way of the data, pinned: desired → live → drift → capture, plan, proposal → apply → report → publish. Nothing flows back; only the rim does I/O.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const stations = [
  'state',
  'policy',
  'inputs',
  'desired',
  'live',
  'drift',
  'capture',
  'plan',
  'proposal',
  'apply',
  'report',
  'publish',
  'run',
];
const mayImport = {
  policy: [],
  state: ['policy'],
  inputs: [],
  desired: ['policy', 'state', 'drift/finding'],
  live: ['policy', 'state'],
  drift: ['policy', 'state'],
  capture: ['policy', 'state', 'desired', 'drift'],
  plan: ['policy', 'state', 'drift', 'desired/quotas'],
  proposal: ['policy', 'state', 'drift'],
  apply: ['policy', 'state', 'live', 'plan'],
  report: ['policy', 'state', 'drift', 'capture', 'plan', 'proposal', 'apply'],
  publish: ['state', 'report'],
  run: stations,
};

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(mayImport).map(([from, to]) => ({
      name: `${from}-imports-only-what-comes-before`,
      severity: 'error',
      from: { path: `^src/${from}/` },
      to: { path: '^src/', pathNot: [from, ...to].map((folder) => `^src/${folder}[/.]`) },
    })),
    {
      name: 'entry-is-the-top',
      comment: 'Only the entry is outside the stations, and nothing imports it.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'pure-inside',
      comment: 'State, policy, desired, drift, capture, plan, proposal and report neither do I/O nor know of AWS, GitHub or the runner.',
      severity: 'error',
      from: { path: '^src/(state|policy|inputs|desired|drift|capture|plan|proposal|report)/' },
      to: {
        path: ['^node_modules/(@aws-sdk|@smithy|@actions|@octokit)/', '^(node:)?(fs|fs/promises|http|https|net|child_process|process)$'],
      },
    },
    {
      name: 'aws-only-in-live-and-apply',
      severity: 'error',
      from: { path: '^src/(?!live/|apply/)' },
      to: { path: '^node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'report-knows-of-apply-by-its-types-alone',
      severity: 'error',
      from: { path: '^src/report/' },
      to: { path: '^src/apply/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'github-only-in-publish',
      severity: 'error',
      from: { path: '^src/(?!publish/|index\\.ts)' },
      to: { path: '^node_modules/(@actions|@octokit)/' },
    },
    { name: 'no-development-code-in-the-action', severity: 'error', from: { path: '^src/' }, to: { path: '^(dev|__tests__)/' } },
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
