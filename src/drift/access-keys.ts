import type { Location } from '../state/desired.ts';
import type { AccessKey, AccessKeys } from '../state/state.ts';
import { wholeDaysBetween } from '../time/days.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';

/** Rules `hub-user-key-missing`, `-extra`, `-old`. Only active keys count; of too many, the newest are the extra ones. */
export function accessKeyDrift(
  of: Owner<'User'>,
  location: Location,
  desired: AccessKeys | undefined,
  live: AccessKeys | undefined,
  at: Date,
): FindingInput[] {
  if (desired === undefined || live === undefined) return [];
  const { min, max, maxAgeDays } = desired;
  const active = live.listed.filter((key) => key.active).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  const extra = live.min > max ? active.slice(max) : [];
  // A key is old from the day after the last that is allowed.
  const old = maxAgeDays === undefined ? [] : active.map((key) => ({ key, days: ageOf(key, at) })).filter(({ days }) => days > maxAgeDays);
  return [
    ...extra.map((key): FindingInput => ({ difference: { kind: 'key', of, desired: { max }, live: key }, access: 'widened', location })),
    ...(live.max < min
      ? [{ difference: { kind: 'key-count', of, desired: { min }, live: { active: live.max } }, access: 'narrowed', location } as const]
      : []),
    ...old.map(
      ({ key, days }): FindingInput => ({
        difference: { kind: 'key-age', of, desired: { maxAgeDays: maxAgeDays ?? 0 }, live: key, days },
        access: 'none',
        location,
      }),
    ),
  ];
}

function ageOf({ createdAt }: AccessKey, at: Date): number {
  return wholeDaysBetween(new Date(createdAt), at);
}
