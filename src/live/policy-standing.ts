import { ListEntitiesForPolicyCommand, ListPolicyVersionsCommand } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { allPages } from '../aws/pages.ts';
import type { Entity } from '../state/entity.ts';
import type { PolicyStanding, PolicyVersion } from '../state/state.ts';
import { type AccountReader, readOrUndefined } from './account-reader.ts';
import { type DefaultContent, readVersionDocument } from './managed-document.ts';
import { ifReadable, sharedRead } from './shared-read.ts';

/**
 * What a repair of a customer managed policy depends on: its versions, and whom else a change would concern. Two calls, and one for each version but the
 * default one. What the auditor may not read is not known, and that is no error.
 */
export async function readStanding(reader: AccountReader, arn: string, current: DefaultContent): Promise<PolicyStanding> {
  return ifReadable(
    reader,
    await sharedRead(reader, async (apart) => {
      const [versions, users] = await Promise.all([readVersions(apart, arn, current), readUsers(apart, arn)]);
      return { versions, users };
    }),
  );
}

async function readVersions(
  reader: AccountReader,
  PolicyArn: string,
  { version: current, document }: DefaultContent,
): Promise<readonly PolicyVersion[] | undefined> {
  const listed = await reader.read('iam:ListPolicyVersions', PolicyArn, async () => {
    const versions = await allPages(
      (Marker) => reader.session.iam(new ListPolicyVersionsCommand({ PolicyArn, Marker })),
      (page) => page.Versions,
    );
    return versions.map(({ VersionId }) => present(VersionId, 'version'));
  });
  const ids = readOrUndefined(listed);
  if (ids === undefined) return undefined;
  const read = await Promise.all(
    ids.map(async (id) => ({ id, document: id === current ? document : await readVersionDocument(reader, PolicyArn, id) })),
  );
  const versions = read.flatMap(({ id, document: found }) => (found ? [{ id, document: found }] : []));
  return versions.length === ids.length ? versions : undefined;
}

/** Users, groups and roles that have it attached, and users and roles whose boundary it is. */
async function readUsers(reader: AccountReader, PolicyArn: string): Promise<readonly Entity[] | undefined> {
  const { account } = reader.session;
  const of = (kind: Entity['kind'], name: string | undefined): Entity => ({ kind, account, name: present(name, 'name') });
  const outcome = await reader.read('iam:ListEntitiesForPolicy', PolicyArn, () =>
    allPages(
      (Marker) => reader.session.iam(new ListEntitiesForPolicyCommand({ PolicyArn, Marker })),
      ({ PolicyUsers: users, PolicyGroups: groups, PolicyRoles: roles }) =>
        users === undefined && groups === undefined && roles === undefined
          ? undefined
          : [
              ...(users ?? []).map(({ UserName }) => of('User', UserName)),
              ...(groups ?? []).map(({ GroupName }) => of('Group', GroupName)),
              ...(roles ?? []).map(({ RoleName }) => of('Role', RoleName)),
            ],
    ),
  );
  return readOrUndefined(outcome);
}
