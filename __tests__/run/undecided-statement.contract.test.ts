import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Document, type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { readEstate } from '../../dev/aws/read.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { repair, repairs, reportOf, rollback, written } from './repairing.ts';
import { GROUP, HUB } from './target-cases.ts';

/** IAM keeps statements that its documentation does not explain. One of them leaves its neighbours alone, all the way. */

const ONE = '200000000001';
const TWO = '200000000002';
const role = (account: string) => `arn:aws:iam::${account}:role/Micetro`;

const ODD: readonly (readonly [string, object])[] = [
  ['a comma', { Action: 'sts:AssumeRole,sts:TagSession' }],
  ['a trailing blank', { Action: 'sts:GetCallerIdentity ' }],
  ['a key without a colon', { Action: 'sts:AssumeRole', Condition: { StringEqualsIfExists: { ExternalId: 'x1' } } }],
  ['ForAnyValue:Null', { Action: 'sts:AssumeRole', Condition: { 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } } }],
];
const COMMA = { Effect: 'Allow', Action: 'sts:AssumeRole,sts:TagSession', Resource: '*' };

/** One more statement in a document. */
function withStatement(document: Document, statement: object): Document {
  const { Statement, ...rest } = Object(typeof document === 'string' ? JSON.parse(document) : document);
  return { ...rest, Statement: [Statement, statement].flat() };
}

/** One more statement beside the grant of the first target. */
const besideGrant = (statement: object) => (draft: Estate) => {
  const [policy] = groupIn(draft, HUB, GROUP).inlinePolicies;
  if (policy) policy.document = withStatement(policy.document, statement);
};

const scenes: Scene[] = [];
afterEach(() => Promise.all(scenes.splice(0).map((scene) => scene[Symbol.asyncDispose]())));

async function open(edit: (draft: Estate) => void): Promise<Scene> {
  const scene = await openInProcess({ guide: { fixer: true }, edit });
  scenes.push(scene);
  return scene;
}

/** The document of the first target's grant, as AWS has it. */
async function grantOf({ endpoint }: Scene): Promise<Document | undefined> {
  const [hub] = await readEstate(endpoint, [HUB]);
  return hub?.groups.find(({ name }) => name === GROUP)?.inlinePolicies.find(({ name }) => name.includes(ONE))?.document;
}

describe('beside a grant', () => {
  test.each(ODD)(
    '%s: the grants are there, and the statement is what is reported',
    async (_name, odd) => {
      const scene = await open(besideGrant({ Effect: 'Allow', Resource: '*', ...odd }));
      const { summary } = await scene.run();
      const { findings, targets } = await reportOf(scene);
      expect(findings.map(({ rule, access, resource }) => [rule, access, resource])).toEqual([['grant-extra', 'changed', '*']]);
      expect(findings[0]?.message).toContain(' may allow assuming *');
      expect(targets.map(({ connection }) => connection)).toEqual(['works', 'works']);
      expect(summary).toContain("can't be interpreted, so its effect is undecided: Statement\\[1\\].");
    },
    60_000,
  );

  test('a denial that may apply leaves it unknown whether the user gets in', async () => {
    const scene = await open(besideGrant({ ...COMMA, Effect: 'Deny' }));
    await scene.run();
    const { findings, targets } = await reportOf(scene);
    expect(findings.map(({ rule, access }) => [rule, access])).toEqual([['grant-extra', 'changed']]);
    expect(targets.map(({ connection }) => connection)).toEqual(['unknown', 'unknown']);
  }, 60_000);

  test.each(['grant', 'revoke'])('a repair with fix-scope: %s leaves it', async (scope) => {
    const scene = await open(besideGrant(COMMA));
    await repair(scene, { inputs: { 'fix-scope': scope } });
    expect(written(scene)).toEqual([]);
  });

  test('a repair of everything takes it out, keeps the grant, and a rollback puts it back as it was', async () => {
    const scene = await open(besideGrant(COMMA));
    const before = await grantOf(scene);
    await repair(scene);
    expect(written(scene)).toEqual([`PutGroupPolicy ${HUB}`]);
    const report = await reportOf(scene);
    expect(repairs(report)).toEqual([`grant-extra ${HUB} verified`]);
    expect(JSON.stringify(report.changes[0]?.before)).toContain('sts:AssumeRole,sts:TagSession');
    expect(await grantOf(scene)).toMatchObject({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role(ONE) }] });
    await rollback(scene);
    expect(await grantOf(scene)).toEqual(before);
  }, 60_000);

  test('a missing grant is added, and it stays', async () => {
    const scene = await open((draft) => {
      const group = groupIn(draft, HUB, GROUP);
      group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(TWO));
      besideGrant(COMMA)(draft);
    });
    const before = await grantOf(scene);
    await repair(scene, { inputs: { 'fix-scope': 'grant' } });
    expect(written(scene)).toEqual([`PutGroupPolicy ${HUB}`]);
    expect(repairs(await reportOf(scene))).toEqual([`grant-extra ${HUB} none`, `grant-missing ${TWO} verified`]);
    expect(await grantOf(scene)).toEqual(before);
  }, 60_000);

  test('a captured file leaves it out, and says so', async () => {
    const scene = await open(besideGrant(COMMA));
    const inputs = { mode: 'capture', 'hub-user': 'micetro', 'desired-state': 'captured.yml' };
    const { summary } = await scene.run({ event: 'workflow_dispatch', inputs });
    const text = await readFile(join(scene.workspace, 'captured.yml'), 'utf8');
    expect([text.includes('TagSession'), text.includes(ONE), text.includes(TWO)]).toEqual([false, true, true]);
    expect(summary).toContain("contains a statement that can't be interpreted (Statement\\[1\\].Action");
    await scene.run({ inputs: { 'desired-state': 'captured.yml' } });
    expect((await reportOf(scene)).findings.map(({ rule, access }) => [rule, access])).toEqual([['grant-extra', 'changed']]);
  }, 60_000);
});

describe('in a target', () => {
  test('a trust lets in whom the rest of it names, and is put back as a whole', async () => {
    const odd = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:TagSession ' };
    const scene = await open((draft) => {
      const found = roleIn(draft, ONE, 'Micetro');
      found.trust = withStatement(found.trust, odd);
    });
    await repair(scene, { inputs: { 'fix-scope': 'revoke' } });
    const { findings, targets } = await reportOf(scene);
    expect(findings.map(({ rule, access }) => [rule, access])).toEqual([['trust-changed', 'changed']]);
    expect(targets.map(({ connection }) => connection)).toEqual(['works', 'works']);
    expect(written(scene)).toEqual([]);
    await repair(scene);
    expect(repairs(await reportOf(scene))).toEqual([`trust-changed ${ONE} verified`]);
    expect(written(scene)).toEqual([`UpdateAssumeRolePolicy ${ONE}`]);
  }, 60_000);
});
