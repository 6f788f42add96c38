import { isKeyQuarantine } from '../iam/managed-policy.ts';
import type { LocateKey } from '../state/entities.ts';
import type { NameSet, User } from '../state/state.ts';
import { shellQuoted } from '../text/shell.ts';
import type { Connection } from './access.ts';
import type { Difference } from './difference.ts';
import type { Owner } from './differences/kind.ts';
import type { Finding, FindingInput } from './finding.ts';

/** Rule `hub-user-key-compromised`: AWS's quarantine is attached to the user, whatever the file says about that policy. */
export function keyQuarantineDrift(of: Owner<'User'>, locate: LocateKey, { managedPolicies, accessKeys }: User): FindingInput[] {
  const live = (managedPolicies?.required ?? []).filter(isKeyQuarantine).toSorted();
  if (live.length === 0) return [];
  const activeKeys = accessKeys?.listed.filter(({ active }) => active).map(({ id }) => id);
  return [
    {
      difference: { kind: 'key-quarantine', of, activeKeys, desired: null, live },
      access: 'narrowed',
      location: locate('managedPolicies'),
    },
  ];
}

/** The policies without AWS's quarantine, which is neither missing nor extra: AWS attaches it, and people detach it. */
export function withoutQuarantine(policies: NameSet | undefined): NameSet | undefined {
  const others = (arns: readonly string[]) => arns.filter((arn) => !isKeyQuarantine(arn));
  return policies && { required: others(policies.required), optional: others(policies.optional) };
}

/** Says in the finding about a leaked key how many targets the key reaches, and how to deactivate it. The drift is the same whatever that number is. */
export function withReach(findings: readonly Finding[], targets: readonly Reached[]): readonly Finding[] {
  return findings.map((finding) => {
    const { difference } = finding;
    return difference.kind === 'key-quarantine'
      ? { ...finding, explanation: [reachText(difference, targets), ...deactivation(difference)] }
      : finding;
  });
}

interface Reached {
  readonly ofActiveKey: Connection;
}

function reachText({ activeKeys }: Difference<'key-quarantine'>, targets: readonly Reached[]): string {
  if (activeKeys?.length === 0) return 'The user has no active access key, so none of its keys reaches a target.';
  const number = (connection: Connection) => targets.filter(({ ofActiveKey }) => ofActiveKey === connection).length;
  const unknown = number('unknown');
  const reached = `An active key of this user reaches ${number('works')} of ${targets.length} targets: the quarantine does not deny sts:AssumeRole.`;
  return unknown === 0 ? reached : `${reached} For ${unknown} more, the access could not be determined.`;
}

/** Commands for people; with `=`, as a name may start with a dash. */
function deactivation({ of: { account, name }, activeKeys }: Difference<'key-quarantine'>): readonly string[] {
  const user = `--user-name=${shellQuoted(name)}`;
  if (activeKeys === undefined)
    return [`The access keys could not be read. To list them in account ${account}: \`aws iam list-access-keys ${user}\``];
  return activeKeys.map(
    (id) =>
      `To deactivate the access key ${id} in account ${account}: \`aws iam update-access-key ${user} --access-key-id ${shellQuoted(id)} --status Inactive\``,
  );
}
