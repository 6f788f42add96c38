import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountsOf, maskReport } from '../../../src/report/model/mask.ts';
import { type Report, reportSchema } from '../../../src/report/model/schema.ts';
import { runs } from '../../runs.ts';
import { anyReport } from '../any-report.ts';
import { finding, HUB, REFUSED, report, target } from '../example.ts';

describe('a report', () => {
  const given = report({
    hub: { account: '123456789012', status: 'clean', error: null },
    targets: [
      target({ account: '999956789012', name: 'prod-999956789012', roleArn: 'arn:aws:iam::999956789012:role/Micetro' }),
      target({ account: '111156789012', error: { ...REFUSED, message: 'arn:aws:iam::111156789012:role/x' } }),
    ],
    findings: [
      finding({
        account: '999956789012',
        desired: { Statement: [{ Effect: 'Allow', Principal: { AWS: ['123456789012'] }, Action: 'sts:AssumeRole' }] },
        live: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 777756789012 },
              Action: 'sts:AssumeRole',
              Condition: { Bool: { 'x/123456789012': 'true' } },
            },
          ],
        },
      }),
    ],
    changes: [
      {
        account: '999956789012',
        action: 'iam:TagRole',
        input: { 'arn:aws:iam::999956789012:role/x': 1, Description: 'for 5555-5678-9012' },
        before: null,
        after: null,
        effect: 'neither',
        findings: [],
        at: '2026-11-01T03:00:00Z',
        outcome: 'verified',
        requestId: null,
        reason: '',
      },
    ],
  });
  const masked = maskReport(given);
  const text = JSON.stringify(masked);

  test('no account is left in it, in a string, a key or a number', () => expect(text).not.toMatch(/\d{12}|\d{4}-\d{4}/));
  test('accounts with the same end stay apart, the hub and the targets first, in the order of their ids', () => {
    expect(masked.hub.account).toBe('…9012·2');
    expect(masked.targets.map(({ account }) => account)).toEqual(['…9012·3', '…9012']);
    expect(text).toContain('for …9012·4');
    expect(text).toContain('"AWS":"…9012·5"');
    expect(masked.targets[0]).toMatchObject({ name: 'prod-…9012·3', roleArn: 'arn:aws:iam::…9012·3:role/Micetro' });
  });
  test('the digests, from which an account could be tried out, are gone', () => {
    const { run } = report();
    const hashed = report({
      run: { ...run, desiredState: { ...run.desiredState, sha256: 'a'.repeat(64) } },
      findings: [finding({ id: 'guess me' })],
    });
    const shown = maskReport(hashed);
    expect(shown.run.desiredState.sha256).toBeNull();
    expect(JSON.stringify(shown)).not.toContain('guess me');
  });
  test('it is a report still', () => expect(() => reportSchema.parse(masked)).not.toThrow());
  test('the report itself is left as it was', () => expect(JSON.stringify(given)).toContain('999956789012'));
});

describe('the new ids', () => {
  const idOf = (part: Parameters<typeof finding>[0]): string | undefined =>
    maskReport(report({ findings: [finding(part)] })).findings[0]?.id;
  const statement = (...actions: string[]): unknown => ({ Statement: [{ Effect: 'Allow', Action: actions, Principal: { AWS: HUB } }] });

  test('are the same while the drift is the same', () => {
    expect(idOf({ live: statement('sts:AssumeRole', 'sts:TagSession') })).toBe(
      idOf({ id: 'other', message: 'other', live: statement('sts:TagSession', 'sts:AssumeRole') }),
    );
  });
  test('differ with what is there, the rule and the account', () => {
    const ids = [{}, { live: 'x' }, { rule: 'trust-orphaned' as const }, { account: '333333333333' }].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
  });
  test('do not change with the age of a key', () => {
    expect(idOf({ rule: 'hub-user-key-old', live: { ageDays: 91 } })).toBe(idOf({ rule: 'hub-user-key-old', live: { ageDays: 92 } }));
  });
  test('stay apart where the masked findings are alike', () => {
    const alike = ['AKIAAAAAAAAAAAAAMPLE', 'AKIABBBBBBBBBBBBMPLE'].map((key) =>
      finding({ id: key, resource: `arn:aws:iam::${HUB}:user/u/key/${key}` }),
    );
    const { findings } = maskReport(report({ findings: alike }));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });
});

describe('whatever is in a report', () => {
  test('no account survives, nothing but accounts and ids changes shape, and masking twice is masking once', () => {
    fc.assert(
      fc.property(anyReport(8), (given) => {
        const masked = maskReport(given);
        const text = JSON.stringify(masked);
        for (const account of accountsOf(given)) expect(text).not.toContain(account);
        expect(masked.findings).toHaveLength(given.findings.length);
        expect(maskReport(masked)).toEqual(masked);
      }),
      { numRuns: runs(100) },
    );
  });

  test('names with a meaning in JavaScript are names like others', () => {
    const live: unknown = JSON.parse('{"__proto__": {"constructor": "123456789012"}}');
    const masked: Report = maskReport(report({ findings: [finding({ live })] }));
    expect(JSON.stringify(masked.findings[0]?.live)).toBe('{"__proto__":{"constructor":"…9012"}}');
  });
});
