import { expect, test } from '@jest/globals';
import type { IamCall } from '../../src/plan/call.ts';
import { commands } from '../../src/plan/command.ts';

function call(input: IamCall['input'], action: IamCall['action'] = 'iam:TagRole'): IamCall {
  return { action, account: '222222222222', input };
}

test.each([
  [
    call({ RoleName: 'Micetro', PolicyArn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess' }, 'iam:AttachRolePolicy'),
    'aws iam attach-role-policy --role-name Micetro --policy-arn arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  ],
  [call({ RoleName: "it's" }, 'iam:DeleteRolePermissionsBoundary'), "aws iam delete-role-permissions-boundary --role-name 'it'\\''s'"],
  [
    call({ RoleName: 'Micetro', MaxSessionDuration: 3600, Description: '' }, 'iam:UpdateRole'),
    "aws iam update-role --role-name Micetro --max-session-duration 3600 --description ''",
  ],
  [call({ RoleName: 'R', Tags: [{ Key: 'a', Value: '$(id)' }] }), `aws iam tag-role --role-name R --tags '[{"Key":"a","Value":"$(id)"}]'`],
  [call({ RoleName: '-x' }), `aws iam tag-role --cli-input-json '{"RoleName":"-x"}'`],
  [
    call({ RoleName: 'R', Description: 'file:///etc/passwd' }),
    `aws iam tag-role --cli-input-json '{"RoleName":"R","Description":"file:///etc/passwd"}'`,
  ],
])('%j', (given, line) => {
  expect(commands([given])).toBe(`# in account 222222222222\n${line}`);
});

test('under the account of each call, in their order', () => {
  const [hub, target] = ['111111111111', '222222222222'];
  const given = [hub, hub, target, hub].map((account, index) => ({ ...call({ RoleName: `r${index}` }, 'iam:DeleteRole'), account }));
  const line = (index: number) => `aws iam delete-role --role-name r${index}`;
  const lines = [`# in account ${hub}`, line(0), line(1), `# in account ${target}`, line(2), `# in account ${hub}`, line(3)];
  expect(commands(given).split('\n')).toEqual(lines);
  expect(commands([])).toBe('');
});
