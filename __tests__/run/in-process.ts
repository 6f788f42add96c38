import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedAws } from '../../dev/aws/server.ts';
import { type Scene, type SceneOptions, setScene } from '../../dev/runner/set-scene.ts';
import { type LoggedAnnotation, runnerVariables, type Step, type StepResult } from '../../dev/runner/step.ts';
import type { Annotation, Outputs, Runner } from '../../src/publish/runner.ts';
import { run } from '../../src/run/run.ts';
import { logLine, logText } from '../../src/text/log.ts';
import type { AlarmClock } from '../../src/time/clock.ts';
import { TestClock } from '../test-clock.ts';

/**
 * A scene in which all of the action runs, from its sources and in this process: what the bundle does, without what it takes to start one. The clock that it
 * shares with AWS jumps, so that nothing waits.
 */
export function openInProcess(options: SceneOptions = {}): Promise<Scene> {
  const clock = new TestClock();
  return setScene((step, aws) => runInProcess(step, aws, clock), { clock: clock.now, ...options });
}

async function runInProcess(step: Step, aws: EmbeddedAws, clock: AlarmClock): Promise<StepResult> {
  const { workspace, inputs, payload } = step;
  const { 'report-path': reportPath = 'assume-role-report.json' } = inputs;
  const cancelling = new AbortController();
  const kept = new KeptRunner();
  let restore: (() => Promise<void>) | undefined;
  step.onStart?.((signal) => {
    if (signal === 'SIGKILL') restore ??= cutOff(join(workspace, reportPath), aws);
    cancelling.abort();
  });
  const started = clock.now();
  const files = { event: '', output: '', summary: '', temp: tmpdir() };
  await run({
    env: { ...runnerVariables(step, files), ...step.env },
    event: { payload: payload ?? {}, problem: '' },
    input: (name) => (inputs[name] ?? '').trim(),
    runner: kept,
    clock,
    cancelled: cancelling.signal,
  });
  await restore?.();
  const { lines, annotations, outputs, summary, failed } = kept;
  const exitCode = restore === undefined ? Number(failed) : null;
  return { exitCode, stdout: lines.join('\n'), stderr: '', annotations, outputs, summary, took: clock.now() - started };
}

/**
 * From now on no call of the run reaches AWS, and what it writes to its report is taken back: its last deed is what came before, as for a process that is killed.
 *
 * @returns puts the report back
 */
function cutOff(path: string, aws: EmbeddedAws): () => Promise<void> {
  const report = readFileSync(path);
  aws.faults.addFirst({ effect: 'reset' });
  return () => writeFile(path, report);
}

/** What a run says and sets, as a runner would have it. */
class KeptRunner implements Runner {
  readonly lines: string[] = [];
  readonly annotations: LoggedAnnotation[] = [];
  readonly outputs = new Map<string, string>();
  summary = '';
  failed = false;

  readonly log = (text: string): void => void this.lines.push(logText(text));

  /** As `@actions/core` prints it. */
  readonly annotate = ({ level, title, message, file, line, column }: Annotation): void => {
    const given = Object.entries({ title: title && logLine(title), file, line, col: column }).filter(([, value]) => value !== undefined);
    const properties = given
      .map(([name, value]) => `${name}=${encoded(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
      .join(',');
    const text = logText(message);
    this.annotations.push({ level, properties, message: text });
    this.lines.push(`::${level}${properties === '' ? '' : ` ${properties}`}::${encoded(text)}`);
  };

  readonly failStep = (message: string): void => {
    this.failed = true;
    this.annotate({ level: 'error', message });
  };

  readonly hideSecret = (): void => undefined;

  readonly setOutputs = (outputs: Outputs): string[] => {
    for (const [name, value] of Object.entries(outputs)) this.outputs.set(name, String(value));
    return [];
  };

  readonly appendSummary = async (markdown: string): Promise<undefined> => {
    this.summary += markdown;
  };
}

function encoded(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
