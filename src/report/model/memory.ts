import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { compareText } from '../../text/compare-text.ts';
import { cut } from '../../text/visible.ts';

/** A finding as the issue remembers it until the next run. Anybody who may edit the issue may have edited the texts. */
export interface RememberedFinding {
  readonly id: string;
  /** This and the next two are empty if there was room for the id only. */
  readonly account: string;
  readonly rule: string;
  readonly message: string;
}

/** What an issue remembers of the run that wrote it. */
export interface IssueMemory {
  /** Empty if there were too many. */
  readonly findings: readonly RememberedFinding[];
  /** How many there were. */
  readonly total: number;
  /** Digest of the sorted ids. It shows a change even if there was no room for the findings themselves. */
  readonly digest: string;
}

const NAME = 'assume-role-drift:memory';
const VERSION = 1;
/** Characters, of an issue's 65,536. */
const MAX_LENGTH = 20_000;
/** Bytes. Anybody may have put a decompression bomb into the issue; a memory of ours is smaller. */
const MAX_UNPACKED = 4_000_000;
const MAX_MESSAGE = 240;

const stored = z.strictObject({
  v: z.literal(VERSION),
  n: z.int().min(0),
  d: z.string().max(64),
  f: z.array(z.tuple([z.string().max(100), z.string().max(100), z.string().max(100), z.string().max(2 * MAX_MESSAGE)])).max(20_000),
});

/** The memory of a list of findings. */
export function memoryOf(findings: readonly RememberedFinding[]): IssueMemory {
  const ids = [...new Set(findings.map(({ id }) => id))].sort(compareText);
  return { findings, total: findings.length, digest: createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 16) };
}

/** A hidden comment of at most 20,000 characters: with all of the memory if it fits, or with less of each finding, or with their number only. */
export function writeMemory(memory: IssueMemory): string {
  const { findings, total, digest } = memory;
  const forms: ((finding: RememberedFinding) => [string, string, string, string])[] = [
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

/** The memory in the body of an issue; `undefined` if there is none, or none that this action can have written. */
export function readMemory(body: string): IssueMemory | undefined {
  const text = new RegExp(`<!-- ${NAME} ([A-Za-z0-9+/=]{1,${MAX_LENGTH}}) -->`).exec(body)?.[1];
  if (text === undefined) return undefined;
  const parsed = stored.safeParse(unpacked(text));
  if (!parsed.success) return undefined;
  const { n, d, f } = parsed.data;
  return { findings: f.map(([id, account, rule, message]) => ({ id, account, rule, message })), total: n, digest: d };
}

/** The body of an issue that remembers nothing: to the next run, everything is new. */
export function withoutMemory(body: string): string {
  return body.replace(new RegExp(`<!-- ${NAME} [A-Za-z0-9+/=]* -->`), '');
}

function packed(value: z.infer<typeof stored>): string {
  // Base64 holds neither `--` nor `>`, so it can't end the comment.
  return `<!-- ${NAME} ${deflateRawSync(JSON.stringify(value)).toString('base64')} -->`;
}

function unpacked(text: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MAX_UNPACKED }).toString());
  } catch {
    return undefined;
  }
}
