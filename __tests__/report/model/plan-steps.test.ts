import { expect, test } from '@jest/globals';
import { planSteps } from '../../../src/report/model/plan-steps.ts';
import type { ReportCall } from '../../../src/report/model/schema.ts';
import { finding, HUB, report, target } from '../example.ts';

const accounts = Array.from({ length: 5 }, (_, index) => String(200_000_000_000 + index));

function call(account: string, more: Partial<ReportCall> = {}): ReportCall {
  const input = { RoleName: 'Micetro', PolicyArn: `arn:aws:iam::${account}:policy/p` };
  const effects = { effect: 'grant', before: null, after: true, condition: '', command: '' } as const;
  return { account, action: 'iam:AttachRolePolicy', input, purpose: `Attach p in ${account}`, findings: [], ...effects, ...more };
}

const stepsOf = (calls: readonly ReportCall[], findings = [finding()]) => {
  const given = report({ targets: accounts.map((account, index) => target({ account, name: `acct-${index}` })), findings });
  return planSteps(given, calls).map((step) => [step.accounts.length, step.calls.map(({ roles }) => roles.length)]);
};

test('accounts with the same calls are one step, in the order of the first', () => {
  expect(stepsOf(accounts.flatMap((account) => [call(account), call(account, { purpose: 'other' })]))).toEqual([[5, [1, 1]]]);
});

test.each<[string, (index: number) => Partial<ReportCall>]>([
  ['sets something else', (index) => ({ input: { PolicyDocument: `{"${index}":1}` } })],
  ['is of another kind', (index) => ({ action: index === 0 ? 'iam:DetachRolePolicy' : 'iam:AttachRolePolicy' })],
  ['depends on something else', (index) => ({ condition: index === 0 ? 'first' : '' })],
])('an account whose call %s is a step of its own, whatever it is for', (_, more) => {
  expect(stepsOf(accounts.slice(0, 2).map((account, index) => call(account, more(index))))).toEqual([
    [1, [1]],
    [1, [1]],
  ]);
});

test('in the hub, calls that are the same for several targets are one line', () => {
  const findings = accounts.map((account) => finding({ id: account, rule: 'grant-missing', account }));
  const grant = (account: string, group: string) =>
    call(HUB, { input: { GroupName: group, PolicyName: `assume-${account}` }, purpose: `Let u into ${account}`, findings: [account] });
  const packed = call(HUB, { findings: [accounts[0] ?? '', accounts[1] ?? ''] });
  const calls = [...accounts.map((account) => grant(account, 'a')), packed, grant(accounts[0] ?? '', 'b')];
  expect(stepsOf(calls, findings)).toEqual([[1, [5, 1, 1]]]);
});
