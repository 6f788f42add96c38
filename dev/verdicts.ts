import { readFileSync } from 'node:fs';
import { compareDocuments, type PolicyKind, type PolicySource, type Verdict } from '../src/policy/index.ts';

/**
 * `npm run verdicts FILE`: FILE holds a JSON array of `{ id, kind, desired, live }`, documents as objects or as JSON text, and
 * optionally `account`, the account of the trust's role.
 * Prints a JSON array of `{ id, verdict }`. Exit code 2, and the reason on stderr, for a file that is not of this form.
 */

interface Pair {
  readonly id: string | number;
  readonly kind: PolicyKind;
  readonly desired: unknown;
  readonly live: unknown;
  readonly account?: string;
}

/** Anything but text or an object becomes its JSON text: not a policy, which makes this one pair `invalid`. */
function sourceOf(value: unknown): PolicySource {
  if (typeof value === 'string') return value;
  const isRecord = (item: unknown): item is Readonly<Record<string, unknown>> =>
    typeof item === 'object' && item !== null && !Array.isArray(item);
  return isRecord(value) ? value : JSON.stringify(value);
}

function isPair(value: unknown): value is Pair {
  if (typeof value !== 'object' || value === null || !('desired' in value && 'live' in value && 'id' in value && 'kind' in value))
    return false;
  const { id, kind } = value;
  const isAccount = !('account' in value) || (typeof value.account === 'string' && /^\d{12}$/.test(value.account));
  return (typeof id === 'string' || typeof id === 'number') && (kind === 'identity' || kind === 'trust') && isAccount;
}

/** Like JSON.parse, with the file's name in the error. Ignores a byte order mark, which some editors write. */
function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readPairs(path: string | undefined): readonly Pair[] {
  if (path === undefined) throw new Error('name a file: npm run --silent verdicts -- FILE');
  const pairs = parsed(path, readFileSync(path, 'utf8'));
  if (!Array.isArray(pairs)) throw new Error(`${path}: expected a JSON array`);
  return pairs.map((pair: unknown, index) => {
    if (!isPair(pair))
      throw new Error(`${path}: entry ${index}: expected { id, kind: "identity" | "trust", desired, live, account?: twelve digits }`);
    return pair;
  });
}

try {
  const verdicts = readPairs(process.argv[2]).map(({ id, kind, desired, live, account }): { id: string | number; verdict: Verdict } => ({
    id,
    verdict: compareDocuments(sourceOf(desired), sourceOf(live), kind, { account }).verdict,
  }));
  process.stdout.write(`${JSON.stringify(verdicts, null, 1)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
