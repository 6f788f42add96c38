import { THROUGH, type Through, type Who } from '../../../dev/aws/cloudtrail/actors.ts';
import type { ParamInput } from '../../../dev/aws/protocol/query.ts';
import { allow, policy, trust } from '../ask.ts';

export const HUB = '111111111111';
export const TARGET = '222222222222';
export const FOREIGN = '999999999999';
export const MICETRO = `arn:aws:iam::${TARGET}:role/Micetro`;
export const DOCUMENT = JSON.stringify(policy(allow('s3:*')));
export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

export const USER: Who = { kind: 'user', name: 'anna' };
const ROLE: Who = { kind: 'role', name: 'Admin', session: 'ben' };

/** A call as in the sample. */
export interface Form {
  readonly sample: string;
  readonly account: string;
  readonly who: Who;
  readonly through: Through;
  readonly call: readonly [action: string, input: ParamInput];
}

function form(sample: string, account: string, who: Who, through: Through, ...call: Form['call']): Form {
  return { sample, account, who, through, call };
}

const { console: CONSOLE, cli: CLI, sdk: SDK, terraform: TERRAFORM, cloudFormation: CLOUDFORMATION } = THROUGH;
const TRUST = { RoleName: 'Micetro', PolicyDocument: trust([HUB, FOREIGN]) };
const ATTACHED = { RoleName: 'Micetro', PolicyArn: ADMINISTRATOR };
const INLINE = { RoleName: 'Micetro', PolicyName: 'extra', PolicyDocument: DOCUMENT };
const SSO = { userAgent: 'AWS Internal', sourceIPAddress: 'sso.amazonaws.com', invokedBy: 'sso.amazonaws.com' };
/** How the console called before it said so in a field. */
export const SIGN_IN: Through = { ...SSO, invokedBy: 'signin.amazonaws.com', console: true };
const SERVICE_ROLE: Who = {
  kind: 'role',
  name: 'AWSServiceRoleForSSO',
  path: '/aws-service-role/sso.amazonaws.com/',
  session: 'AWS-SSO',
};

export const FORMS: readonly Form[] = [
  form('update-assume-role-policy-sdk', TARGET, USER, SDK, 'UpdateAssumeRolePolicy', TRUST),
  form('update-assume-role-policy-cli', TARGET, USER, CLI, 'UpdateAssumeRolePolicy', TRUST),
  form('update-assume-role-policy-console-role', TARGET, ROLE, CONSOLE, 'UpdateAssumeRolePolicy', TRUST),
  form('attach-role-policy-sdk', TARGET, USER, SDK, 'AttachRolePolicy', ATTACHED),
  form('attach-role-policy-cli', TARGET, USER, CLI, 'AttachRolePolicy', ATTACHED),
  form('attach-role-policy-cloudformation', TARGET, ROLE, CLOUDFORMATION, 'AttachRolePolicy', ATTACHED),
  form('attach-role-policy-root', TARGET, { kind: 'root' }, { ...SSO, console: true }, 'AttachRolePolicy', ATTACHED),
  form('attach-role-policy-no-such-entity', TARGET, ROLE, CLOUDFORMATION, 'AttachRolePolicy', { ...ATTACHED, RoleName: 'Missing' }),
  form('detach-role-policy-console', TARGET, USER, CONSOLE, 'DetachRolePolicy', ATTACHED),
  form('detach-role-policy-service-linked-role', TARGET, SERVICE_ROLE, SSO, 'DetachRolePolicy', ATTACHED),
  form('put-role-policy-console', TARGET, USER, CONSOLE, 'PutRolePolicy', INLINE),
  form('put-role-policy-terraform', TARGET, ROLE, TERRAFORM, 'PutRolePolicy', INLINE),
  form('delete-role-policy-console', TARGET, USER, CONSOLE, 'DeleteRolePolicy', { RoleName: 'Micetro', PolicyName: 'extra' }),
  form('delete-role-console', TARGET, USER, CONSOLE, 'DeleteRole', { RoleName: 'Empty' }),
  form('create-role-sdk', TARGET, USER, SDK, 'CreateRole', {
    RoleName: 'Other',
    AssumeRolePolicyDocument: trust(FOREIGN),
    PermissionsBoundary: ADMINISTRATOR,
  }),
  form('create-policy-console', TARGET, USER, CONSOLE, 'CreatePolicy', { PolicyName: 'other', Path: '/', PolicyDocument: DOCUMENT }),
  form('create-policy-version-console', TARGET, USER, CONSOLE, 'CreatePolicyVersion', {
    PolicyArn: `arn:aws:iam::${TARGET}:policy/network`,
    PolicyDocument: DOCUMENT,
    SetAsDefault: true,
  }),
  form('create-user-sdk', HUB, USER, SDK, 'CreateUser', { UserName: 'other', Tags: [{ Key: 'team', Value: 'net' }] }),
  form('create-access-key-sdk', HUB, USER, SDK, 'CreateAccessKey', { UserName: 'micetro' }),
  form('attach-user-policy-sdk', HUB, USER, SDK, 'AttachUserPolicy', { UserName: 'micetro', PolicyArn: ADMINISTRATOR }),
  form('create-login-profile-sdk', HUB, USER, SDK, 'CreateLoginProfile', {
    UserName: 'micetro',
    Password: 'seeded-Aa1!',
    PasswordResetRequired: false,
  }),
  form('delete-login-profile-refused', HUB, USER, SDK, 'DeleteLoginProfile', { UserName: 'micetro' }),
  form('create-group-console', HUB, USER, CONSOLE, 'CreateGroup', { GroupName: 'other' }),
  form('attach-group-policy-cli', HUB, USER, CLI, 'AttachGroupPolicy', { GroupName: 'micetro-targets', PolicyArn: ADMINISTRATOR }),
  form('add-user-to-group-console', HUB, USER, CONSOLE, 'AddUserToGroup', { GroupName: 'micetro-targets', UserName: 'micetro' }),
  form('assume-role-user', TARGET, USER, SDK, 'AssumeRole', { RoleArn: MICETRO, RoleSessionName: 'audit', DurationSeconds: 900 }),
  form(
    'assume-role-service',
    TARGET,
    { kind: 'service', name: 'ec2.amazonaws.com' },
    { ...SSO, invokedBy: 'ec2.amazonaws.com' },
    'AssumeRole',
    {
      RoleArn: MICETRO,
      RoleSessionName: 'i-0123456789abcdef0',
    },
  ),
  form('assume-role-sso', TARGET, ROLE, CLI, 'AssumeRole', { RoleArn: MICETRO, RoleSessionName: 'ben', DurationSeconds: 3600 }),
  form('assume-role-chained', TARGET, ROLE, CLI, 'AssumeRole', {
    RoleArn: MICETRO,
    RoleSessionName: 'ben',
    DurationSeconds: 3600,
    Tags: [{ Key: 'Email', Value: 'ben@example.com' }],
  }),
  form('assume-role-from-elsewhere-caller', FOREIGN, USER, CLI, 'AssumeRole', { RoleArn: MICETRO, RoleSessionName: 'audit' }),
];
