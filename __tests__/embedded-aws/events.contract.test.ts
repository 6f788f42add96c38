import { describe, expect, test } from '@jest/globals';
import { THROUGH } from '../../dev/aws/cloudtrail/actors.ts';
import type { CloudTrailRecord } from '../../dev/aws/cloudtrail/event.ts';
import { SSH_PUBLIC_KEY } from '../../dev/aws/seed-credential.ts';
import { type EmbeddedAws, startAws } from '../../dev/aws/server.ts';
import { readSamples } from '../attribution/read-samples.ts';
import { allow, ask, assume, policy, trust, userWithKey } from './ask.ts';
import { ADMINISTRATOR, DOCUMENT, FOREIGN, FORMS, HUB, MICETRO, SIGN_IN, TARGET, USER } from './contract/event-forms.ts';
import { compare } from './contract/event-shape.ts';

/** What is there before each case. */
async function startPrepared(): Promise<EmbeddedAws> {
  const aws = await startAws();
  const [hub, target] = [aws.account(HUB), aws.account(TARGET)];
  target.call('CreateRole', { RoleName: 'Micetro', AssumeRolePolicyDocument: trust(HUB) });
  target.call('PutRolePolicy', { RoleName: 'Micetro', PolicyName: 'extra', PolicyDocument: DOCUMENT });
  target.call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: ADMINISTRATOR });
  target.call('CreatePolicy', { PolicyName: 'network', PolicyDocument: DOCUMENT });
  target.call('CreateRole', { RoleName: 'Empty', AssumeRolePolicyDocument: trust(HUB) });
  hub.call('CreateUser', { UserName: 'micetro' });
  hub.call('CreateGroup', { GroupName: 'micetro-targets' });
  return aws;
}

const ALIKE = { missing: [], other: [] };

/** Published events, by name, and how the embedded AWS comes to have one of the same form. */
const OTHERS: Readonly<Record<string, (aws: EmbeddedAws) => Promise<CloudTrailRecord | undefined>>> = {
  'assume-role-from-elsewhere-role': async (aws) => {
    aws.account(FOREIGN).as({ who: USER, through: THROUGH.cli }).call('AssumeRole', { RoleArn: MICETRO, RoleSessionName: 'audit' });
    return aws.account(TARGET).events()[0];
  },
  'assume-role-refused': async (aws) => {
    await ask(aws, 'sts', 'AssumeRole', { RoleArn: MICETRO, RoleSessionName: 'audit' }, userWithKey(aws, TARGET));
    return aws.account(TARGET).events()[0];
  },
  'assume-role-with-web-identity': async (aws) => {
    const token = { iss: 'https://token.example.com', aud: 'sts.amazonaws.com', sub: 'repo:acme/network', exp: 4_000_000_000 };
    const url = 'https://token.example.com';
    const trusting = { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${HUB}:oidc-provider/token.example.com` } };
    const AssumeRolePolicyDocument = JSON.stringify(policy({ ...trusting, Action: 'sts:AssumeRoleWithWebIdentity' }));
    aws.account(HUB).call('CreateOpenIDConnectProvider', { Url: url, ClientIDList: [token.aud], ThumbprintList: ['0'.repeat(40)] });
    aws.account(HUB).call('CreateRole', { RoleName: 'DriftAuditor', AssumeRolePolicyDocument });
    const WebIdentityToken = `x.${Buffer.from(JSON.stringify(token)).toString('base64url')}.x`;
    const RoleArn = `arn:aws:iam::${HUB}:role/DriftAuditor`;
    await ask(aws, 'sts', 'AssumeRoleWithWebIdentity', { RoleArn, RoleSessionName: 'drift', DurationSeconds: 900, WebIdentityToken });
    return aws.account(HUB).events()[0];
  },
  'get-caller-identity-instance-role': async (aws) => {
    const session = await assume(aws, MICETRO, userWithKey(aws, HUB, policy(allow('sts:AssumeRole'))));
    await ask(aws, 'sts', 'GetCallerIdentity', {}, session);
    return aws.account(TARGET).events()[0];
  },
  'get-caller-identity-federated-user': async (aws) => {
    const who = { kind: 'federated', name: 'broker', user: 'anna' } as const;
    aws.account(TARGET).as({ who, through: THROUGH.sdk }).call('GetCallerIdentity');
    return aws.account(TARGET).events()[0];
  },
  'update-access-key-console': async (aws) => {
    const hub = aws.account(HUB);
    hub.call('CreateAccessKey', { UserName: 'micetro' });
    const AccessKeyId = hub.user('micetro')?.keys[0]?.id;
    hub.as({ who: USER, through: SIGN_IN }).call('UpdateAccessKey', { UserName: 'micetro', AccessKeyId, Status: 'Inactive' });
    return hub.events()[0];
  },
  'upload-ssh-public-key-console': async (aws) => {
    const input = { UserName: 'micetro', SSHPublicKeyBody: SSH_PUBLIC_KEY };
    aws.account(HUB).as({ who: USER, through: SIGN_IN }).call('UploadSSHPublicKey', input);
    return aws.account(HUB).events()[0];
  },
};

describe('an event has the fields of a published one, with the same types', () => {
  test.each(FORMS.map((form) => [form.sample, form] as const))('%s', async (sample, { account, who, through, call: [action, input] }) => {
    await using aws = await startPrepared();
    const admin = aws.account(account);
    try {
      admin.as({ who, through }).call(action, input);
    } catch {
      // The refused ones are recorded as well.
    }
    const [event] = admin.events();
    expect(event?.eventName).toBe(action);
    expect(compare(event, sample)).toEqual(ALIKE);
  });

  test.each(Object.entries(OTHERS))('%s', async (sample, make) => {
    await using aws = await startPrepared();
    expect(compare(await make(aws), sample)).toEqual(ALIKE);
  });

  test('each of the published ones is tried', () => {
    expect([...FORMS.map(({ sample }) => sample), ...Object.keys(OTHERS)].sort()).toEqual([...readSamples().keys()].sort());
  });
});

const BOUNDARY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** Nobody has published these; the parameters are those of the API, with small initials. */
test.each([
  ['PutGroupPolicy', HUB, { GroupName: 'micetro-targets', PolicyName: 'extra', PolicyDocument: DOCUMENT }],
  ['PutRolePermissionsBoundary', TARGET, { RoleName: 'Micetro', PermissionsBoundary: BOUNDARY }],
  ['DeleteRolePermissionsBoundary', TARGET, { RoleName: 'Micetro' }],
  ['RemoveUserFromGroup', HUB, { GroupName: 'micetro-targets', UserName: 'micetro' }],
])('%s by a stack set', async (action, account, input) => {
  await using aws = await startPrepared();
  const who = { kind: 'role', name: 'stacksets-exec-0123456789abcdef0123456789abcdef', session: 'AWSCloudFormation' } as const;
  aws.account(account).as({ who, through: THROUGH.stackSets }).call(action, input);
  expect(aws.account(account).events()[0]).toMatchObject({
    eventName: action,
    userIdentity: { type: 'AssumedRole', invokedBy: 'stacksets.cloudformation.amazonaws.com' },
    userAgent: 'stacksets.cloudformation.amazonaws.com',
    requestParameters: Object.fromEntries(
      Object.entries(input).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
    ),
    responseElements: null,
    readOnly: false,
  });
});
