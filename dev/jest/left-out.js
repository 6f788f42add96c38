/**
 * At the end of a run, says what did not run: the suites that this machine lacks a program for, and cases of properties and sweeps.
 * The names of suites mention the program: `on moto`, `with terraform`, `cfn-lint …`.
 */
const PROGRAMS = [
  { name: 'moto_server', title: /^on moto\b/ },
  { name: 'the aws CLI', title: /\bwith the aws CLI\b/ },
  { name: 'terraform', title: /^with terraform\b/ },
  { name: 'cfn-lint', title: /^cfn-lint\b/ },
  { name: 'jq and curl', title: /^with jq and curl\b/ },
  { name: 'jq and git', title: /^with jq and git\b/ },
];

export default class LeftOutReporter {
  onRunComplete(_contexts, { testResults }) {
    const skipped = testResults.flatMap((suite) => suite.testResults.filter(({ status }) => status === 'pending'));
    const lines = PROGRAMS.flatMap(({ name, title }) => {
      const missed = skipped.filter((test) => [...test.ancestorTitles, test.title].some((words) => title.test(words)));
      return missed.length === 0
        ? []
        : [
            `Without ${name}, or left out by name${name === 'moto_server' ? ' or for want of MOTO=all' : ''}: ${missed.length} tests did not run.`,
          ];
    });
    if (process.env.PROPERTY_RUNS === undefined)
      lines.push('Properties and sweeps were tried on a third of their cases. PROPERTY_RUNS=all tries them all, as .ci/run does.');
    if (lines.length === 0) return;
    // At exit, because jest prints its own summary after all reporters.
    process.once('exit', () => console.error(lines.join('\n')));
  }
}
