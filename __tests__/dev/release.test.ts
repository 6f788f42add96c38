import { describe, expect, test } from '@jest/globals';
import { forPerson, outputLines, planRelease } from '../../dev/release/plan.ts';

const changelog = '# assume-role-drift\n\n## 1.2.0\n\n### Minor Changes\n\n- Reads classes.\n\n## 1.1.0\n\n- Before.\n';
const subjects = [
  { path: 'dist/index.js', sha256: 'aa' },
  { path: 'dist/package.json', sha256: 'bb' },
];
const facts = { version: '1.2.0', tags: ['v1', 'v1.1.0'], changelog, subjects };

describe('the plan of a release', () => {
  test('names both tags, the notes of this version alone, and what is attested', () => {
    const plan = planRelease(facts);
    expect(plan).toEqual({ isNew: true, tag: 'v1.2.0', majorTag: 'v1', notes: '### Minor Changes\n\n- Reads classes.\n', subjects });
    expect(outputLines(plan)).toBe('is-new=true\ntag=v1.2.0\nmajor-tag=v1\nsubjects=dist/index.js,dist/package.json\n');
    expect(forPerson(plan)).toContain('Release v1.2.0 and move v1 to it.');
    expect(forPerson(plan)).toContain('  aa  dist/index.js');
  });

  test('the last section of the changelog ends with the file', () => {
    expect(planRelease({ ...facts, version: '1.1.0', tags: [] }).notes).toBe('- Before.\n');
  });

  test('a version with a tag is not released again, whatever the changelog holds', () => {
    expect(planRelease({ ...facts, tags: ['v1.2.0'], changelog: '' })).toMatchObject({ isNew: false });
  });

  test.each([
    ['another form of version', { version: '1.2.0-next.1' }, 'expected a version X.Y.Z'],
    ['no section', { changelog: '# assume-role-drift\n' }, 'no section "## 1.2.0"'],
    ['a section of a longer version', { version: '1.2', changelog }, 'expected a version X.Y.Z'],
    ['an empty section', { changelog: '## 1.2.0\n\n## 1.1.0\n\n- Before.\n' }, 'no section "## 1.2.0"'],
    ['nothing to attest', { subjects: [] }, 'no files to attest'],
  ])('%s is an error', (_name, change, message) => {
    expect(() => planRelease({ ...facts, ...change })).toThrow(message);
  });
});
