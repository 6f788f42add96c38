import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { parseDesired } from '../../src/desired/index.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { openInProcess } from '../run/in-process.ts';
import { examples, matching } from './examples.ts';
import { pathOf, textOf } from './pages.ts';

/** Every example of a desired-state file is one that works. The workflows: examples.e2e.test.ts. */

describe.each(examples('desired-state').map(({ file, text }) => [file, text] as const))('%s', (file, text) => {
  test('is a desired state', () => {
    const parsed = parseDesired(text, { path: file });
    expect('errors' in parsed ? parsed.errors : []).toEqual([]);
  });

  test('names the published schema in its first line, and fits it', () => {
    const [, address = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(address).toMatch(/^https:\/\/raw\.githubusercontent\.com\/your-fork\/assume-role-drift\/v1\/schema\//);
    const path = address.split('/assume-role-drift/v1/')[1] ?? '';
    expect(existsSync(pathOf(path))).toBe(true);
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(textOf(path)));
    expect(validate(parse(text)) || validate.errors).toBe(true);
  });

  test('is taken by mode validate', async () => {
    await using scene = await openInProcess({ file: text });
    const { exitCode, annotations } = await scene.run({ inputs: { mode: 'validate' } });
    expect({ exitCode, annotations: annotations.filter(({ level }) => level !== 'notice') }).toEqual({ exitCode: 0, annotations: [] });
  }, 30_000);

  test('is clean on an estate as it wants it, and not on another', async () => {
    const { guide, edit } = matching(file);
    await using scene = await openInProcess({ guide, edit, file: text });
    const first = await scene.run();
    const { summary } = reportSchema.parse(await scene.report());
    const expected = Array.isArray(guide.targets) ? guide.targets.length + 1 : 0;
    expect(summary).toMatchObject({ expected, observed: expected, clean: expected, drifted: 0, unreadable: 0 });
    expect(first.exitCode).toBe(0);
    const [account = ''] = scene.guide.targets;
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    scene.aws.account(account).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn });
    const second = await scene.run();
    const { findings } = reportSchema.parse(await scene.report());
    expect(findings.filter(({ exception }) => exception === null).map(({ rule }) => rule)).toEqual(['role-policy-extra']);
    expect(second.exitCode).toBe(1);
  }, 60_000);
});
