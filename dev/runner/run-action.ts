import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoggedAnnotation, type RunnerFiles, runnerVariables, type Step, type StepResult } from './step.ts';

export type { Step, StepResult } from './step.ts';

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
