import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What GitHub's runner would pass to a step that uses the action. */
export interface Step {
  /** The repository, checked out: a folder. */
  readonly workspace: string;
  /** Inputs by their names in action.yml. Missing inputs get the defaults of action.yml, as with the real runner: see `defaults`. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: string;
  /** The event's payload. */
  readonly payload?: unknown;
  /** The text of the event's file, in place of the payload. */
  readonly eventText?: string;
  /** Variables of the job: credentials, endpoints, addresses of GitHub. */
  readonly env: Readonly<Record<string, string>>;
  /** The bundle to run. Default: the shipped one. */
  readonly bundle?: string;
  /** Receives a function that sends a signal to the step's process, as the runner does when a job is cancelled. */
  readonly onStart?: (kill: (signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => void) => void;
}

export interface StepResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Workflow commands of the log: `error`, `warning`, `notice` with their properties. */
  readonly annotations: readonly LoggedAnnotation[];
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
  /** Milliseconds. */
  readonly took: number;
}

export interface LoggedAnnotation {
  readonly level: string;
  readonly properties: string;
  readonly message: string;
}

const SHIPPED = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** Runs the action as a step: in its own process, with the runner's variables and files, and with only PATH from the environment of this process. */
export async function runAction(step: Step): Promise<StepResult> {
  const files = await runnerFiles(step.eventText ?? JSON.stringify(step.payload ?? {}));
  const env = { PATH: process.env.PATH ?? '', ...runnerVariables(step, files), ...inputVariables(step.inputs), ...step.env };
  const started = performance.now();
  const child = spawn(process.execPath, [step.bundle ?? SHIPPED], { cwd: step.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
  step.onStart?.((signal) => child.kill(signal));
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject)),
  ]);
  const took = performance.now() - started;
  const [outputs, summary] = await Promise.all([readFile(files.output, 'utf8'), readFile(files.summary, 'utf8')]);
  return { exitCode, stdout, stderr, annotations: annotationsIn(stdout), outputs: outputsIn(outputs), summary, took };
}

interface RunnerFiles {
  readonly event: string;
  readonly output: string;
  readonly summary: string;
  readonly temp: string;
}

async function runnerFiles(event: string): Promise<RunnerFiles> {
  const temp = await mkdtemp(join(tmpdir(), 'runner-'));
  await mkdir(join(temp, 'files'));
  const files = {
    event: join(temp, 'files/event.json'),
    output: join(temp, 'files/output'),
    summary: join(temp, 'files/summary.md'),
    temp,
  };
  await Promise.all([writeFile(files.event, event), writeFile(files.output, ''), writeFile(files.summary, '')]);
  return files;
}

/** https://docs.github.com/actions/reference/variables-reference */
function runnerVariables({ workspace, event }: Step, files: RunnerFiles): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: 'acme/access',
    GITHUB_SHA: '5e884898da28047151d0e56f8dc6292773603d0d',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW_REF: 'acme/access/.github/workflows/drift.yml@refs/heads/main',
    HOME: files.temp,
    RUNNER_TEMP: files.temp,
    // Without it, the AWS SDK asks the network whether the machine is an EC2 instance.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** The runner passes inputs as variables: in upper case, with underscores for blanks, and with their dashes. */
function inputVariables(inputs: Step['inputs']): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function annotationsIn(log: string): LoggedAnnotation[] {
  return log.split('\n').flatMap((line) => {
    const [, level, properties = '', message = ''] = /^::(error|warning|notice)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line) ?? [];
    return level === undefined ? [] : [{ level, properties, message: decoded(message) }];
  });
}

function decoded(data: string): string {
  return data.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
}

/** The file's format: `name<<DELIMITER`, the value's lines, `DELIMITER`. */
function outputsIn(file: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  for (const [, name = '', , value = ''] of file.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n?\2$/gm)) outputs.set(name, value);
  return outputs;
}
