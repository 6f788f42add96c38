import { describe, expect, test } from '@jest/globals';
import { adviceFor } from '../../src/proposal/advice.ts';
import { asWritten, desiredOf, fileWith } from './files.ts';

const HUB = '111111111111';
const allow = (Resource: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource }] });
const own = (account: string, name: string) => `arn:aws:iam::${account}:policy/${name}`;
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const document = (Resource: string) => ({ version: undefined, document: allow(Resource) });

/** A file in which everything that can use a policy uses one. */
const USING = fileWith({
  hub: '  group: { name: micetro-targets, managedPolicies: [policy/of-group, SecurityAudit] }\n',
  targets: [`"222222222222"`, `{ account: "333333333333", permissionsBoundary: policy/team/limit }`, `"{hubAccount}"`],
  rest: `defaults:
  managedPolicies: { required: [policy/dns, AmazonEC2FullAccess], optional: [policy/maybe] }
policies:
  policy/dns: ${JSON.stringify(allow('arn:{partition}:s3:::{hubAccount}-{account}'))}
  arn:aws:iam::333333333333:policy/dns: ${JSON.stringify(allow('*'))}
  policy/maybe: '${JSON.stringify(allow('arn:aws:s3:::maybe'))}'
  policy/team/limit: ${JSON.stringify(allow('arn:aws:s3:::limit'))}
  policy/of-group: ${JSON.stringify(allow('arn:aws:s3:::group'))}
  AmazonEC2FullAccess: v5
  arn:{partition}:iam::aws:policy/SecurityAudit: v12
  policy/nobody: ${JSON.stringify(allow('*'))}
  IAMReadOnlyAccess: v1
  ReadOnlyAccess: v1
`,
});

describe('contents of managed policies', () => {
  const desired = desiredOf(USING);
  const { hub, accounts } = desired.state;

  test("are the hub's where they are AWS's, or of the hub's account", () => {
    expect(asWritten(hub.policies)).toEqual([
      { arn: ofAws('IAMReadOnlyAccess'), content: { version: 'v1', document: undefined } },
      { arn: own(HUB, 'of-group'), content: document('arn:aws:s3:::group') },
      { arn: ofAws('SecurityAudit'), content: { version: 'v12', document: undefined } },
      { arn: ofAws('AmazonEC2FullAccess'), content: { version: 'v5', document: undefined } },
      { arn: own(HUB, 'dns'), content: document(`arn:aws:s3:::${HUB}-${HUB}`) },
      { arn: own(HUB, 'maybe'), content: { version: undefined, document: JSON.stringify(allow('arn:aws:s3:::maybe')) } },
    ]);
  });

  test("are a target's where they are of its account, and the one that is stated by its ARN goes before the one by its name", () => {
    expect(accounts.map(({ policies }) => asWritten(policies))).toEqual([
      [
        { arn: own('222222222222', 'dns'), content: document(`arn:aws:s3:::${HUB}-222222222222`) },
        { arn: own('222222222222', 'maybe'), content: { version: undefined, document: JSON.stringify(allow('arn:aws:s3:::maybe')) } },
      ],
      [
        { arn: own('333333333333', 'dns'), content: document('*') },
        { arn: own('333333333333', 'team/limit'), content: document('arn:aws:s3:::limit') },
        { arn: own('333333333333', 'maybe'), content: { version: undefined, document: JSON.stringify(allow('arn:aws:s3:::maybe')) } },
      ],
      undefined,
    ]);
  });

  test('have the place that states them', () => {
    const lines = USING.split('\n');
    const lineOf = (arn: string) => lines[desired.locate.policy(arn).line - 1]?.trim().split(': ')[0];
    expect(lineOf(own('222222222222', 'dns'))).toBe('policy/dns');
    expect(lineOf(own('333333333333', 'dns'))).toBe('arn:aws:iam::333333333333:policy/dns');
    expect(lineOf(ofAws('SecurityAudit'))).toBe('arn:{partition}:iam::aws:policy/SecurityAudit');
  });

  test('that nothing uses are told to whoever changes the file', () => {
    expect(desired.unusedPolicies.map(({ name }) => name)).toEqual(['policy/nobody', 'ReadOnlyAccess']);
    const [line] = USING.split('\n').flatMap((text, index) => (text.includes('policy/nobody') ? [index + 1] : []));
    expect(adviceFor(desired)).toContainEqual(
      `The file states the content of policy/nobody under policies (line ${line}) but does not use the policy, so it is not compared.`,
    );
  });
});
