import { REVOKE_OLDER_SESSIONS } from '../aws/drifts/drift.ts';
import { accountIn, type Estate, type RoleEstate, roleIn } from '../aws/estate.ts';
import { awsPolicy } from '../aws/guide.ts';
import { type Drifts, type EstateDrift, pick } from './drifts.ts';
import { allow, type LargeEstate } from './large-estate.ts';

const FOREIGN = 'arn:aws:iam::999999999999:root';

const trust = (principal: unknown, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }],
});

/** A drift of the role of an account: by default of the one that is of a kind. */
function ofRole(
  account: string,
  name: string,
  rules: readonly string[],
  change: (role: RoleEstate, draft: Estate) => unknown,
  roleName = 'Micetro',
): EstateDrift {
  const edit = (draft: Estate) => void change(roleIn(draft, account, roleName), draft);
  return { name, finds: rules.map((rule) => `${rule} ${account}`), edit };
}

const byPeople = (drift: EstateDrift): EstateDrift => ({ ...drift, fixedBy: 'people' });

export const targetDrifts: Drifts = (estate) => [
  ...trustDrifts(estate),
  ...policyDrifts(estate),
  ...contentDrifts(estate),
  ...describingDrifts(estate),
  ...secondRoleDrifts(estate),
];

function trustDrifts({ hub, user, ofKind: { production, staging, sandbox }, auditorRole }: LargeEstate): EstateDrift[] {
  const root = `arn:aws:iam::${hub}:root`;
  const former = `arn:aws:iam::${hub}:user/micetro-old`;
  return [
    ofRole(pick(production, 0), 'everybody is trusted', ['trust-changed widened'], (role) => {
      role.trust = trust({ AWS: '*' });
    }),
    ofRole(pick(production, 1), 'a foreign account is trusted, too', ['trust-changed widened'], (role) => {
      role.trust = trust({ AWS: [root, FOREIGN] });
    }),
    ofRole(pick(staging, 2), 'no external id is asked for', ['trust-changed widened'], (role) => {
      role.trust = trust({ AWS: `arn:aws:iam::${hub}:user/${user}` });
    }),
    {
      ...ofRole(pick(sandbox, 1), 'the trust names a user that was deleted', ['trust-orphaned changed'], (role, draft) => {
        accountIn(draft, hub).formerUsers = ['micetro-old'];
        role.trust = trust({ AWS: [root, former] });
      }),
      onMoto: false,
    },
    ofRole(pick(production, 2), 'the trust is written in other words', [], (role) => {
      role.trust = {
        Version: '2012-10-17',
        Statement: { Sid: 'Hub', Effect: 'Allow', Principal: { AWS: [root] }, Action: ['sts:AssumeRole'] },
      };
    }),
    byPeople(
      ofRole(
        pick(production, 3),
        'a foreign account may assume the role of the auditor',
        ['tool-role-trust-changed widened'],
        (role) => {
          role.trust = trust({ AWS: [auditorRole, FOREIGN] });
        },
        'AssumeRoleAuditor',
      ),
    ),
  ];
}

function policyDrifts({ ofKind: { production, staging, sandbox } }: LargeEstate): EstateDrift[] {
  const aws = (name: string) => awsPolicy('aws', name);
  return [
    ofRole(pick(production, 2), 'a policy is detached', ['role-policy-missing narrowed'], (role) => role.managedPolicies.pop()),
    ofRole(pick(production, 3), 'the role is an administrator', ['role-policy-extra widened'], (role) =>
      role.managedPolicies.push(aws('AdministratorAccess')),
    ),
    ofRole(pick(production, 2), 'the boundary is removed', ['role-boundary-missing widened'], (role) => {
      delete role.boundary;
    }),
    ofRole(pick(production, 3), 'the boundary is another', ['role-boundary-changed changed'], (role) => {
      role.boundary = aws('SecurityAudit');
    }),
    ofRole(pick(sandbox, 0), 'the role is bounded', ['role-boundary-extra narrowed'], (role) => {
      role.boundary = aws('SecurityAudit');
    }),
    ofRole(pick(staging, 0), 'an inline policy is deleted', ['role-inline-policy-missing narrowed'], (role) => {
      role.inlinePolicies = [];
    }),
    ofRole(pick(staging, 1), 'an inline policy says something else', ['role-inline-policy-changed changed'], (role) => {
      role.inlinePolicies = [{ name: 'zones', document: allow('s3:DeleteObject') }];
    }),
    ofRole(pick(production, 0), 'an inline policy is added', ['role-inline-policy-extra widened'], (role) =>
      role.inlinePolicies.push({ name: 'more', document: allow('s3:*') }),
    ),
    byPeople(
      ofRole(pick(staging, 1), 'the sessions were revoked', ['role-sessions-revoked narrowed'], (role) =>
        role.inlinePolicies.push({ name: 'AWSRevokeOlderSessions', document: REVOKE_OLDER_SESSIONS }),
      ),
    ),
    ofRole(pick(staging, 0), 'the policies are attached in another order', [], (role) => role.managedPolicies.reverse()),
  ];
}

/** Of the accounts' own managed policies. */
function contentDrifts({ ofKind: { production, staging } }: LargeEstate): EstateDrift[] {
  const change = (draft: Estate, account: string, policyName: string, action: string) => {
    for (const policy of accountIn(draft, account).policies) if (policy.name === policyName) policy.document = allow(action);
  };
  const gone = pick(staging, 2);
  return [
    ofRole(pick(staging, 3), 'an attached policy allows more', ['policy-changed widened'], (_role, draft) =>
      change(draft, pick(staging, 3), 'ddi-zones', 'route53:*'),
    ),
    ofRole(pick(production, 1), 'the boundary allows everything', ['policy-changed widened'], (_role, draft) =>
      change(draft, pick(production, 1), 'ddi-limit', '*'),
    ),
    ofRole(gone, 'an attached policy is deleted', ['policy-missing narrowed', 'role-policy-missing narrowed'], (role, draft) => {
      role.managedPolicies = role.managedPolicies.filter((arn) => !arn.endsWith('/ddi-zones'));
      accountIn(draft, gone).policies = accountIn(draft, gone).policies.filter(({ name }) => name !== 'ddi-zones');
    }),
  ];
}

/** Of what only describes. */
function describingDrifts({ ofKind: { production, sandbox } }: LargeEstate): EstateDrift[] {
  return [
    ofRole(pick(sandbox, 0), 'a tag has another value', ['role-tag-changed none'], (role) => {
      role.tags = [{ key: 'env', value: 'lab' }];
    }),
    ofRole(pick(sandbox, 1), 'a tag is removed', ['role-tag-missing none'], (role) => {
      role.tags = [];
    }),
    ofRole(pick(sandbox, 1), 'sessions last another time', ['role-session-duration-changed none'], (role) => {
      role.maxSessionDuration = 3_600;
    }),
    ofRole(pick(sandbox, 0), 'the description is another', ['role-description-changed none'], (role) => {
      role.description = 'temporary';
    }),
    ofRole(pick(production, 1), 'a tag that nobody stated', [], (role) => role.tags?.push({ key: 'cost', value: '1' })),
  ];
}

function secondRoleDrifts({ readers }: LargeEstate): EstateDrift[] {
  const name = 'MicetroReader';
  const [deleted, moved] = [pick(readers, 0), pick(readers, 1)];
  return [
    ofRole(
      deleted,
      'the role is deleted',
      ['role-missing narrowed'],
      (_role, draft) => {
        const account = accountIn(draft, deleted);
        account.roles = account.roles.filter((role) => role.name !== name);
      },
      name,
    ),
    byPeople(
      ofRole(
        moved,
        'the role is at another path',
        ['role-path-changed narrowed'],
        (role) => {
          role.path = '/moved/';
        },
        name,
      ),
    ),
  ];
}
