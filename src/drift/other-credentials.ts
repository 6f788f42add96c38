import type { Location } from '../state/desired.ts';
import type { OtherCredentials } from '../state/state.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import type { Sides } from './sides.ts';

/** Rule `hub-user-credential-extra`: one finding for each active credential. */
export function otherCredentialDrift(
  of: Owner<'User'>,
  location: Location,
  desired: OtherCredentials | undefined,
  live: OtherCredentials | undefined,
): FindingInput[] {
  if (desired === undefined || live === undefined || desired.any) return [];
  const active = live.listed.filter((credential) => credential.active);
  return active.map((credential) => ({
    difference: { kind: 'credential', of, desired: null, live: credential },
    access: 'widened',
    location,
  }));
}

/** ARN of the user if the auditor could not read all of its credentials, where the file does not state them. Where it does, that is an error of the reading. */
export function userWithUnreadCredentials({ desired, live }: Pick<Sides, 'desired' | 'live'>): string[] {
  const user = live.hub.user.value;
  const isStated = desired.hub.user.value?.otherCredentials?.isDefault !== true;
  if (!user?.otherCredentials?.isPartial || isStated) return [];
  return [user.arn];
}
