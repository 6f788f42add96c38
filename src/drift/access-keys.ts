import type { Location } from '../state/desired.ts';
import type { AccessKeys } from '../state/state.ts';
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
  const tooOld = active.flatMap((key): FindingInput[] => {
    const days = wholeDaysBetween(new Date(key.createdAt), at);
    // A key is old from the day after the last that is allowed.
    if (maxAgeDays === undefined || days <= maxAgeDays) return [];
    return [{ difference: { kind: 'key-age', of, desired: { maxAgeDays }, live: key, days }, access: 'none', location }];
  });
  return [
    ...active
      .slice(max)
      .map((key): FindingInput => ({ difference: { kind: 'key', of, desired: { max }, live: key }, access: 'widened', location })),
    ...(live.max < min
      ? [{ difference: { kind: 'key-count', of, desired: { min }, live: { active: live.max } }, access: 'narrowed', location } as const]
      : []),
    ...tooOld,
  ];
}
