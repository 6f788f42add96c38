import { accountIn, type Document, type Estate, groupIn, userIn } from '../../dev/aws/estate.ts';
import { GROUP, grant, HUB, managed, roleArn, STRANGER } from './target-cases.ts';

/** Several things at once, or what the file says to it: what is done to a clean estate with two targets, and all that has to be found. */
export interface CombinedCase {
  readonly name: string;
  readonly edit?: (estate: Estate) => void;
  readonly file?: (yaml: string) => string;
  /** `rule access resource`. */
  readonly finds: readonly string[];
  /** `what resource`. */
  readonly notCompared?: readonly string[];
}

const ONE = '200000000001';
const TWO = '200000000002';
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const GROUP_ARN = `arn:aws:iam::${HUB}:group/${GROUP}`;

const S3: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const ANY_S3: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

const user = (estate: Estate) => userIn(estate, HUB, 'micetro');
const group = (estate: Estate) => groupIn(estate, HUB, GROUP);
const hub = (estate: Estate) => accountIn(estate, HUB);
const withUser = (body: string) => (yaml: string) => yaml.replace('user: micetro', `user: { name: micetro, ${body} }`);
const withGroup = (body: string) => (yaml: string) => yaml.replace(`group: ${GROUP}`, `group: { name: ${GROUP}, ${body} }`);
const json = (value: unknown) => JSON.stringify(value);

export const COMBINED_CASES: readonly CombinedCase[] = [
  {
    name: 'user: policy detached, another attached',
    edit: (estate) => {
      user(estate).managedPolicies = [managed('AdministratorAccess')];
    },
    finds: [
      `hub-user-policy-extra widened ${managed('AdministratorAccess')}`,
      `hub-user-policy-missing narrowed ${managed('IAMReadOnlyAccess')}`,
    ],
  },
  {
    name: 'user: inline policies added, lost and changed',
    file: withUser(`inlinePolicies: { lost: ${json(S3)}, kept: ${json(S3)} }`),
    edit: (estate) => {
      user(estate).inlinePolicies = [
        { name: 'kept', document: ANY_S3 },
        { name: 'added', document: S3 },
      ];
    },
    finds: [
      `hub-user-inline-policy-extra widened ${USER}/policy/added`,
      `hub-user-inline-policy-changed widened ${USER}/policy/kept`,
      `hub-user-inline-policy-missing narrowed ${USER}/policy/lost`,
    ],
  },
  {
    name: 'user: in two more groups, of which one is allowed',
    file: withUser('otherGroups: [readers]'),
    edit: (estate) => {
      for (const name of ['admins', 'readers'])
        hub(estate).groups.push({ name, path: '/staff/', members: ['micetro'], managedPolicies: [], inlinePolicies: [] });
    },
    finds: [`hub-user-group-extra widened arn:aws:iam::${HUB}:group/staff/admins`],
  },
  {
    name: 'user: in another group, whose policies the file states',
    file: withUser(
      `otherGroups: [{ name: readers, managedPolicies: [ReadOnlyAccess, SecurityAudit], inlinePolicies: { lost: ${json(S3)}, kept: ${json(S3)} } }]`,
    ),
    edit: (estate) => {
      hub(estate).groups.push({
        name: 'readers',
        path: '/staff/',
        members: ['micetro'],
        managedPolicies: [managed('ReadOnlyAccess'), managed('AdministratorAccess')],
        inlinePolicies: [
          { name: 'kept', document: ANY_S3 },
          { name: 'go', document: grant([roleArn(STRANGER)]) },
        ],
      });
    },
    finds: [
      `hub-group-policy-extra widened ${managed('AdministratorAccess')}`,
      `hub-group-inline-policy-extra widened arn:aws:iam::${HUB}:group/staff/readers/policy/go`,
      `hub-group-inline-policy-changed widened arn:aws:iam::${HUB}:group/staff/readers/policy/kept`,
      `hub-group-policy-missing narrowed ${managed('SecurityAudit')}`,
      `hub-group-inline-policy-missing narrowed arn:aws:iam::${HUB}:group/staff/readers/policy/lost`,
    ],
  },
  {
    name: 'user: in another group by its bare name, an administrator',
    file: withUser('otherGroups: [readers]'),
    edit: (estate) => {
      const admin = [managed('AdministratorAccess')];
      hub(estate).groups.push({ name: 'readers', path: '/staff/', members: ['micetro'], managedPolicies: admin, inlinePolicies: [] });
    },
    finds: [],
    notCompared: [`group-policies arn:aws:iam::${HUB}:group/staff/readers`],
  },
  {
    name: 'user: console password, allowed',
    file: withUser('consoleLogin: true'),
    edit: (estate) => {
      user(estate).login = true;
    },
    finds: [],
  },
  {
    name: 'user: under a path',
    edit: (estate) => {
      user(estate).path = '/svc/';
    },
    finds: [],
  },
  {
    name: 'group: managed policies added and lost',
    file: withGroup('managedPolicies: [ReadOnlyAccess]'),
    edit: (estate) => {
      group(estate).managedPolicies = [managed('PowerUserAccess')];
    },
    finds: [
      `hub-group-policy-extra widened ${managed('PowerUserAccess')}`,
      `hub-group-policy-missing narrowed ${managed('ReadOnlyAccess')}`,
    ],
  },
  {
    name: 'group: inline policies beside the grants added, lost and changed',
    file: withGroup(`inlinePolicies: { lost: ${json(S3)}, kept: ${json(S3)} }`),
    edit: (estate) => {
      group(estate).inlinePolicies.push({ name: 'kept', document: ANY_S3 }, { name: 'added', document: S3 });
    },
    finds: [
      `hub-group-inline-policy-extra widened ${GROUP_ARN}/policy/added`,
      `hub-group-inline-policy-changed widened ${GROUP_ARN}/policy/kept`,
      `hub-group-inline-policy-missing narrowed ${GROUP_ARN}/policy/lost`,
    ],
  },
  {
    name: 'grants: packed into one policy with a foreign role',
    edit: (estate) => {
      group(estate).inlinePolicies = [{ name: 'packed', document: grant([roleArn(ONE), roleArn(STRANGER), roleArn(TWO)]) }];
    },
    finds: [`grant-extra widened ${roleArn(STRANGER)}`],
  },
  {
    name: 'grants: a denial of everything',
    edit: (estate) => {
      group(estate).inlinePolicies.push({ name: 'stop', document: grant('*', { Effect: 'Deny' }) });
    },
    finds: ['grant-extra narrowed *'],
  },
  {
    name: 'grants: by a managed policy that the file allows',
    file: withGroup('managedPolicies: { optional: [AdministratorAccess] }'),
    edit: (estate) => {
      group(estate).managedPolicies = [managed('AdministratorAccess')];
      group(estate).inlinePolicies = [{ name: 'one', document: grant(roleArn(ONE)) }];
    },
    finds: [`grant-indirect none ${roleArn(TWO)}`],
  },
  {
    name: 'grants: by a managed policy that is itself drift',
    edit: (estate) => {
      group(estate).managedPolicies = [managed('AdministratorAccess')];
      group(estate).inlinePolicies = [{ name: 'one', document: grant(roleArn(ONE)) }];
    },
    finds: [`hub-group-policy-extra widened ${managed('AdministratorAccess')}`, `grant-missing narrowed ${roleArn(TWO)}`],
  },
  {
    name: 'trust in the hub user, who has a path',
    file: (yaml) => `${yaml}defaults: { trust: hub-user }\n`,
    edit: (estate) => {
      user(estate).path = '/svc/';
      for (const account of [ONE, TWO]) {
        const role = accountIn(estate, account).roles.find(({ name }) => name === 'Micetro');
        if (role !== undefined)
          role.trust = {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:user/svc/micetro` }, Action: 'sts:AssumeRole' }],
          };
      }
    },
    finds: [],
  },
  {
    name: 'an exception accepts drift to its last day; one that ran out does not',
    file: (yaml) => `${yaml}exceptions:
  - { rule: hub-user-login-extra, owner: "@acme/ddi", reason: break glass, expires: 2999-12-31 }
  - { rule: hub-user-policy-extra, owner: "@acme/ddi", reason: migration, expires: 2026-01-31 }
`,
    edit: (estate) => {
      user(estate).login = true;
      user(estate).managedPolicies.push(managed('SecurityAudit'));
    },
    finds: [`hub-user-policy-extra widened ${managed('SecurityAudit')} expired`, `hub-user-login-extra widened ${USER} excepted`],
  },
];
