import type { Json, JsonFields } from '../protocol/json.ts';
import type { Params } from '../protocol/query.ts';

const NUMBERS: ReadonlySet<string> = new Set(['DurationSeconds', 'EndTime', 'MaxItems', 'MaxResults', 'MaxSessionDuration', 'StartTime']);
const FLAGS: ReadonlySet<string> = new Set(['OnlyAttached', 'PasswordResetRequired', 'SetAsDefault']);
/** Not parameters of the action, or secrets that CloudTrail leaves out. */
const LEFT_OUT: ReadonlySet<string> = new Set(['Action', 'Password', 'TokenCode', 'Version', 'WebIdentityToken']);

interface Leaf {
  /** What is left of `Tags.member.1.Key`. */
  readonly path: readonly string[];
  readonly value: string;
}

/** `requestParameters` of a call: its input with small initials, documents as the text that was sent; `null` without any. */
export function requestParameters(params: Params): JsonFields | null {
  const leaves = Object.entries(params.toRecord())
    .map(([name, value]) => ({ path: name.split('.'), value }))
    .filter(({ path }) => !LEFT_OUT.has(path[0] ?? ''));
  return leaves.length === 0 ? null : fields(leaves);
}

export function smallInitial(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function fields(leaves: readonly Leaf[]): JsonFields {
  return Object.fromEntries([...byHead(leaves)].map(([name, inner]) => [smallInitial(name), jsonOf(name, inner)]));
}

function jsonOf(name: string, leaves: readonly Leaf[]): Json {
  const [first] = leaves;
  if (first?.path.length === 0) return scalar(name, first.value);
  if (first?.path[0] !== 'member') return fields(leaves);
  const members = byHead(leaves.map(({ path, value }) => ({ path: path.slice(1), value })));
  return [...members.values()].map((inner) => jsonOf(name, inner));
}

function scalar(name: string, value: string): Json {
  if (NUMBERS.has(name)) return Number(value);
  return FLAGS.has(name) ? value === 'true' : value;
}

/** The leaves by the first part of their path, without that part. */
function byHead(leaves: readonly Leaf[]): Map<string, Leaf[]> {
  const groups = new Map<string, Leaf[]>();
  for (const { path, value } of leaves) {
    const [head = '', ...rest] = path;
    groups.set(head, [...(groups.get(head) ?? []), { path: rest, value }]);
  }
  return groups;
}
