import { GetGroupCommand, GetGroupPolicyCommand, ListAttachedGroupPoliciesCommand, ListGroupPoliciesCommand } from '@aws-sdk/client-iam';
import { checkAnsweredBy, present } from '../aws/answers.ts';
import { allPages } from '../aws/pages.ts';
import { pathOf } from '../iam/arn.ts';
import type { Group, InlinePolicy, Member, NameSet } from '../state/state.ts';
import { type AccountReader, type ReadOutcome, readOrUndefined } from './account-reader.ts';
import { readInlinePolicies, readInlinePolicy, readManagedPolicies } from './policies.ts';

export interface GroupPolicies {
  /** The value is `undefined` if a policy could not be read. */
  readonly inline: ReadOutcome<readonly InlinePolicy[] | undefined>;
  readonly managed: ReadOutcome<NameSet>;
}

/**
 * Reads a group: three concurrent calls, and one for each inline policy.
 *
 * @param group with the presumed ARN, with the path `/` if it is not known: for errors, and for a group whose GetGroup is refused
 * @param policies of the group, as they are read
 * @returns `null` when the group does not exist, `undefined` when nothing could be read
 */
export async function readGroup(
  reader: AccountReader,
  { name, arn }: Member,
  policies: Promise<GroupPolicies>,
): Promise<Group | null | undefined> {
  const [facts, { inline, managed }] = await Promise.all([readGroupFacts(reader, name, arn), policies]);
  const outcomes = [facts, inline, managed];
  if (outcomes.some((outcome) => outcome.kind === 'missing')) return null;
  if (outcomes.every((outcome) => outcome.kind === 'failed')) return undefined;
  return {
    ...(readOrUndefined(facts) ?? { path: undefined, arn, members: undefined }),
    managedPolicies: readOrUndefined(managed),
    inlinePolicies: readOrUndefined(inline),
  };
}

/** Two concurrent calls, and one for each inline policy. */
export async function readGroupPolicies(reader: AccountReader, { name, arn }: Member): Promise<GroupPolicies> {
  const [inline, managed] = await Promise.all([readGroupInlinePolicies(reader, name, arn), readGroupManagedPolicies(reader, name, arn)]);
  return { inline, managed };
}

/** What GetGroup tells, in as many calls as its members take. */
export function readGroupFacts(reader: AccountReader, GroupName: string, arn: string) {
  return reader.read('iam:GetGroup', arn, async (): Promise<Pick<Group, 'path' | 'arn' | 'members'>> => {
    let found: string | undefined;
    const users = await allPages(
      async (Marker) => {
        const page = await reader.session.iam(new GetGroupCommand({ GroupName, Marker }));
        found = present(page.Group?.Arn, 'ARN');
        checkAnsweredBy(reader.session.account, found);
        return page;
      },
      (page) => page.Users,
    );
    const members: Member[] = users.map((user) => ({ name: present(user.UserName, 'user name'), arn: present(user.Arn, 'user ARN') }));
    const ownArn = present(found, 'ARN');
    return { path: pathOf(ownArn), arn: ownArn, members };
  });
}

function readGroupInlinePolicies(reader: AccountReader, GroupName: string, arn: string) {
  return readInlinePolicies(
    reader,
    'Group',
    arn,
    (Marker) => reader.session.iam(new ListGroupPoliciesCommand({ GroupName, Marker })),
    getPolicy(reader, GroupName),
  );
}

export function readGroupInlinePolicy(reader: AccountReader, GroupName: string, arn: string, name: string) {
  return readInlinePolicy(reader, 'Group', arn, name, getPolicy(reader, GroupName));
}

function getPolicy({ session }: AccountReader, GroupName: string) {
  return (PolicyName: string) => session.iam(new GetGroupPolicyCommand({ GroupName, PolicyName }));
}

export function readGroupManagedPolicies(reader: AccountReader, GroupName: string, arn: string) {
  const list = (Marker: string | undefined) => reader.session.iam(new ListAttachedGroupPoliciesCommand({ GroupName, Marker }));
  return readManagedPolicies(reader, 'Group', arn, list);
}
