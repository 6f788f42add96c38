import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { cut } from '../../text/visible.ts';
import { compare } from './order.ts';

/** A finding as the issue remembers it until the next run. Texts may have been edited by anybody who may edit the issue. */
export interface Remembered {
  readonly id: string;
  /** Empty when there was no room for more than the id, as are the next two. */
  readonly account: string;
  readonly rule: string;
  readonly message: string;
}

/** What an issue remembers of the run that wrote it. */
export interface IssueMemory {
  /** Empty when there were too many. */
  readonly findings: readonly Remembered[];
  /** How many there were. */
  readonly total: number;
  /** Of the sorted ids, so that a change shows even where the findings themselves had no room. */
  readonly digest: string;
}

const NAME = 'assume-role-drift:memory';
const VERSION = 1;
/** Of an issue's 65,536 characters. */
const MAX_LENGTH = 20_000;
/** An issue can't hold more, whatever somebody packed into it. */
const MAX_UNPACKED = 4_000_000;
const MAX_MESSAGE = 240;

const stored = z.strictObject({
  v: z.literal(VERSION),
  n: z.int().min(0),
  d: z.string().max(64),
  f: z.array(z.tuple([z.string().max(100), z.string().max(100), z.string().max(100), z.string().max(2 * MAX_MESSAGE)])).max(20_000),
});

/** What a list of findings leaves in an issue. */
export function memoryOf(findings: readonly Remembered[]): IssueMemory {
  const ids = [...new Set(findings.map(({ id }) => id))].sort(compare);
  return { findings, total: findings.length, digest: createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 16) };
}

/** A hidden comment of at most 20,000 characters: with all that is remembered, else with less of each, else with the number alone. */
export function writeMemory(memory: IssueMemory): string {
  const { findings, total, digest } = memory;
  const forms: ((finding: Remembered) => [string, string, string, string])[] = [
    ({ id, account, rule, message }) => [id, account, rule, cut(message, MAX_MESSAGE)],
    ({ id, account, rule }) => [id, account, rule, ''],
    ({ id }) => [id, '', '', ''],
  ];
  for (const form of forms) {
    const text = packed({ v: VERSION, n: total, d: digest, f: findings.map(form) });
    if (text.length <= MAX_LENGTH) return text;
  }
  return packed({ v: VERSION, n: total, d: digest, f: [] });
}

/** What the body of an issue remembers; `undefined` when it remembers nothing, or nothing that can be trusted to be what was written. */
export function readMemory(body: string): IssueMemory | undefined {
  const text = new RegExp(`<!-- ${NAME} ([A-Za-z0-9+/=]{1,${MAX_LENGTH}}) -->`).exec(body)?.[1];
  if (text === undefined) return undefined;
  const parsed = stored.safeParse(unpacked(text));
  if (!parsed.success) return undefined;
  const { n, d, f } = parsed.data;
  return { findings: f.map(([id, account, rule, message]) => ({ id, account, rule, message })), total: n, digest: d };
}

function packed(value: z.infer<typeof stored>): string {
  // Base64 has neither `--` nor `>`: it can't end the comment.
  return `<!-- ${NAME} ${deflateRawSync(JSON.stringify(value)).toString('base64')} -->`;
}

function unpacked(text: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MAX_UNPACKED }).toString());
  } catch {
    return undefined;
  }
}
