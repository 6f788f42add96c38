import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IamCall } from '../../src/plan/call.ts';
import { commands } from '../../src/plan/command.ts';
import { runs } from '../runs.ts';
import { unicodeText } from '../unicode-text.ts';

/** The words that bash hands to the aws program. */
function words(line: string): string[] {
  const { stdout, status } = spawnSync('bash', ['-c', `aws() { printf '%s\\0' "$@"; }\n${line}`], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout.split('\0').slice(0, -1);
}

function call(input: IamCall['input'], action: IamCall['action'] = 'iam:TagRole'): IamCall {
  return { action, account: '222222222222', input };
}

describe('whatever a value holds', () => {
  const text = unicodeText().map((value) => value.replaceAll('\0', ''));

  test('a shell hands it over unchanged, on one line', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom('$(touch x)', '`id`', "a'b", 'a\nb', '\\', '!!', '\u0085', '*', '~')), (value) => {
        fc.pre(!/^(-|fileb?:|https?:)/i.test(value));
        const text = commands([call({ RoleName: 'R', Description: value })]);
        expect(text).toMatch(/^# in account 222222222222\n[^\n\r]+$/);
        expect(words(text)).toEqual(['iam', 'tag-role', '--role-name', 'R', '--description', value]);
      }),
      { numRuns: runs(150) },
    );
  });
});
