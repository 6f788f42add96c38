import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Job } from './job.ts';

/** The embedded AWS in its own process. */
export interface Server {
  readonly job: Job;
  readonly process: ChildProcess;
}

export interface Contender {
  readonly name: string;
  /** Arguments to Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Expected exit codes. Default 0. */
  readonly exitCodes?: readonly number[];
}

export interface Measured {
  readonly name: string;
  /** For the whole process, from its start to its end. */
  readonly wallSeconds: number;
  /** From the start of the process to its first request. */
  readonly startMilliseconds: number;
  readonly cpuSeconds: number;
  readonly requests: number;
  readonly mostInFlight: number;
  /** Peak resident memory. */
  readonly megabytes: number;
}

/** @param lag milliseconds before each answer */
export async function startServer(script: string, size: number, lag: number, concurrency: number): Promise<Server> {
  const args = [script, String(size), String(lag), String(concurrency)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [job]: Job[] = await once(child, 'message');
  if (job === undefined) throw new Error('the server did not start');
  return { job, process: child };
}

export async function stopServer(server: Server): Promise<void> {
  server.process.disconnect();
  await once(server.process, 'exit');
}

async function ask<T>(server: Server, question: string): Promise<T> {
  const answer = once(server.process, 'message');
  server.process.send(question);
  const [said]: T[] = await answer;
  if (said === undefined) throw new Error(`no answer to ${question}`);
  return said;
}

/** Runs a contender to its end. @throws if it fails: a run that broke off measures nothing */
export async function measure(server: Server, usageScript: string, contender: Contender): Promise<Measured> {
  await ask(server, 'zero');
  const startedAt = performance.now();
  const startedOn = Date.now();
  const child = spawn(process.execPath, ['--import', usageScript, ...contender.args], {
    cwd: contender.cwd,
    env: { PATH: process.env.PATH ?? '', ...contender.env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [output, used, [code]] = await Promise.all([
    Promise.all([textOf(child.stdio[1]), textOf(child.stdio[2])]),
    textOf(child.stdio[3]),
    once(child, 'exit'),
  ]);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  if (!(contender.exitCodes ?? [0]).includes(Number(code)))
    throw new Error(`${contender.name} ended with ${code}: ${output.join('').slice(-2000)}`);
  const { firstAt, ...load } = await ask<{ requests: number; mostInFlight: number; firstAt: number }>(server, 'load');
  const usage: { megabytes: number; cpuSeconds: number } = JSON.parse(used);
  return { name: contender.name, wallSeconds, startMilliseconds: firstAt - startedOn, ...usage, ...load };
}

async function textOf(stream: unknown): Promise<string> {
  if (!isReadable(stream)) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && Symbol.asyncIterator in stream;
}
