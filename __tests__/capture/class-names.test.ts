import { describe, expect, test } from '@jest/globals';
import { nameClasses } from '../../src/capture/class-names.ts';
import type { Role } from '../../src/state/state.ts';
import { managed, role, statement } from './live.ts';

const ACCOUNT = '222222222222';
const guide = role(ACCOUNT);
const tagged = (key: string, value: string, edit: Parameters<typeof role>[1] = {}) => role(ACCOUNT, { tags: [{ key, value }], ...edit });
const attached = (...names: string[]) => role(ACCOUNT, { managedPolicies: { required: names.map(managed), optional: [] } });
const bounded = (name: string) => role(ACCOUNT, { boundary: `arn:aws:iam::${ACCOUNT}:policy/team/${name}` });

describe('a class is called by what only its roles have', () => {
  test.each<[string, readonly (readonly Role[])[], readonly Role[], readonly string[]]>([
    ['a tag that says the kind', [[tagged('Env', 'Sandbox'), tagged('Env', 'Sandbox')]], [guide], ['sandbox']],
    ['the tag before the name and the policy', [[tagged('env', 'dev', { arn: `${guide.arn}Other` })]], [guide], ['dev']],
    ['not a tag that not all of them have', [[tagged('env', 'dev'), guide]], [guide], ['class-1']],
    [
      'a tag that one of many lacks, and one of many others has',
      [[...Array.from({ length: 19 }, () => tagged('env', 'dev')), guide]],
      [...Array.from({ length: 19 }, () => guide), tagged('env', 'dev')],
      ['dev'],
    ],
    ['not a tag that others have as well', [[tagged('env', 'dev')], [tagged('env', 'dev')]], [], ['class-1', 'class-2']],
    ['not a tag that says something else', [[tagged('team', 'ddi')]], [guide], ['class-1']],
    ['the name of the role', [[role(ACCOUNT, {}, 'MicetroReader')]], [guide], ['micetro-reader']],
    ['a managed policy', [[attached('job-function/ViewOnlyAccess')]], [guide], ['view-only-access']],
    [
      'an inline policy',
      [[role(ACCOUNT, { inlinePolicies: [{ name: 'dns_zones', document: statement({ Action: 's3:*', Resource: '*' }) }] })]],
      [guide],
      ['dns-zones'],
    ],
    ['a boundary', [[bounded('Limit')]], [guide], ['limit']],
    [
      'what is a word of YAML, or begins with a digit, is no name',
      [[tagged('env', 'on')], [tagged('env', '2nd')]],
      [],
      ['class-1', 'class-2'],
    ],
    ['nothing: a number', [[guide], [guide]], [guide], ['class-1', 'class-2']],
  ])('%s', (_name, classes, others, expected) => {
    expect(nameClasses(classes, others, new Set())).toEqual(expected);
  });

  test('never by a name that is taken', () => {
    const classes = [[tagged('env', 'dev')], [guide]];
    expect(nameClasses(classes, [], new Set(['dev', 'class-1']))).toEqual(['class-2', 'class-3']);
    expect(nameClasses([[tagged('env', 'a b')], [tagged('env', 'a_b')]], [], new Set())).toEqual(['a-b', 'class-1']);
  });
});
