import { bigReport } from '../../__tests__/report/any-report.ts';
import { compareWithMemory, nextMemory } from '../../src/report/model/issue-diff.ts';
import { maskReport } from '../../src/report/model/mask.ts';
import type { Report } from '../../src/report/model/schema.ts';
import { renderSummary } from '../../src/report/outputs/summary.ts';

/**
 * Times what the action makes of large reports: `npx tsx dev/bench/report.ts`. CPU milliseconds, best of several runs. The floor is a copy of the
 * report by way of its JSON text; the baseline is the same work on a quarter of the findings, so that quadratic growth shows as 16 ×.
 */

const SIZES = [500, 2_000] as const;
const RUNS = 5;

const WORK: readonly { readonly name: string; readonly prepare: (report: Report) => () => unknown }[] = [
  { name: 'floor: to JSON and back', prepare: (report) => () => JSON.parse(JSON.stringify(report)) },
  { name: 'mask', prepare: (report) => () => maskReport(report) },
  { name: 'job summary', prepare: (report) => () => renderSummary(report) },
  {
    name: 'news: all findings gone, as many new',
    prepare: (report) => {
      const memory = nextMemory(report, undefined);
      const others = { ...report, findings: report.findings.map((each) => ({ ...each, id: `${each.id}x` })) };
      return () => compareWithMemory(others, memory);
    },
  },
];

function best(work: () => unknown): number {
  work();
  const times = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

const measured = WORK.map(({ name, prepare }) => ({ name, times: SIZES.map((size) => best(prepare(bigReport(size)))) }));
const floor = measured[0]?.times.at(-1) ?? 1;
console.log(`| what | ${SIZES.map((size) => `${size} findings`).join(' | ')} | growth | × floor |`);
console.log('| --- | --- | --- | --- | --- |');
for (const { name, times } of measured) {
  const [small = 1, large = 1] = times;
  console.log(`| ${name} | ${small.toFixed(0)} | ${large.toFixed(0)} | ${(large / small).toFixed(1)} × | ${(large / floor).toFixed(1)} |`);
}
