import { pathOf } from '../iam/arn.ts';
import type { ReadError } from '../state/reading.ts';
import type { Hub } from '../state/state.ts';

/**
 * An error for the hub user and each hub group that has another path than the file states. IAM finds them by their names alone, so all else of them is compared;
 * but what the file names does not exist, and the hub must not pass for clean.
 */
export function otherPaths(desired: Hub, live: Hub): ReadError[] {
  const stated = [
    { kind: 'user', call: 'iam:GetUser', name: desired.user.name, wanted: desired.user.value, found: live.user.value },
    ...desired.groups.map(({ name, value }, index) => {
      return { kind: 'group', call: 'iam:GetGroup', name, wanted: value, found: live.groups[index]?.value };
    }),
  ];
  return stated.flatMap(({ kind, call, name, wanted, found }) => {
    if (wanted?.path === undefined || found?.path === undefined || found.path === wanted.path) return [];
    const actual = pathOf(found.arn);
    const message = `The file states the path ${wanted.path} for the ${kind} ${name}; in AWS it has the path ${actual}.`;
    const advice = `Correct the file: ${actual.slice(1)}${name}. Or write ${name} alone, which fits any path.`;
    return [{ scope: 'hub', account: live.account, code: 'PathDiffers', message, call, advice }];
  });
}
