import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('./serve_moto.py', import.meta.url));

/** moto's own server, as a child process. */
export interface Moto extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts moto if `moto_server` is on PATH or python3 has moto; otherwise returns `undefined`. */
export async function startMoto(): Promise<Moto | undefined> {
  for (const python of ['python3', ...interpreterOf('moto_server')]) {
    const moto = await startWith(python);
    if (moto !== undefined) return moto;
  }
  return undefined;
}

/**
 * For suites that repeat on moto what they do on the embedded AWS. They take minutes, so they do it only with `MOTO=all` in the environment; otherwise the end
 * of the run says how many tests were left out.
 */
export async function startMotoToRepeat(): Promise<Moto | undefined> {
  return process.env.MOTO === 'all' ? startMoto() : undefined;
}

async function startWith(python: string): Promise<Moto | undefined> {
  const child = spawn(python, [LAUNCHER], { stdio: ['pipe', 'pipe', 'ignore'] });
  const port = await firstLine(child);
  if (port === undefined) return undefined;
  const close = () => stop(child);
  return { url: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close };
}

/** `undefined` if the process ends (or can't be started) before it prints anything. */
function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}

/** The Python that a script on PATH names in its first line: moto may be installed in an environment of its own. */
function interpreterOf(script: string): string[] {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const [, interpreter] = /^#!(\S*python[\d.]*)\s*\n/.exec(readStart(join(folder, script))) ?? [];
    if (interpreter !== undefined) return [interpreter];
  }
  return [];
}

function readStart(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, 256);
  } catch {
    return '';
  }
}
