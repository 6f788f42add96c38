import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findDrift } from '../../src/drift/drift.ts';
import { Comparer } from '../../src/policy/index.ts';
import { type ComparedState, impactOf, impactWithoutBase } from '../../src/proposal/impact.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { ReadError, Reading } from '../../src/state/reading.ts';
import type { State } from '../../src/state/state.ts';
import {
  AT,
  assume,
  desiredOf,
  editGroup,
  editRole,
  editToolTrust,
  editUser,
  HUB,
  liveOf,
  managed,
  ONE,
  principal,
  SMALL,
  TWO,
  trust,
  withPrincipals,
} from '../drift/estate.ts';
import { runs } from '../runs.ts';
import { filesOf } from './files.ts';

const THREE = '444444444444';

function comparedWith(desired: Desired, live: State, errors: readonly ReadError[] = []): ComparedState {
  const known = new Map(live.targets.map((target) => [target.roleArn, target]));
  const targets = desired.state.targets.map((target) => known.get(target.roleArn) ?? { ...target, role: { ...target.role, value: null } });
  const reading: Reading = { state: { ...live, targets }, errors };
  return { findings: findDrift(desired, reading, { at: AT, comparer: new Comparer() }).findings, reading, state: desired.state };
}

const error = (scope: ReadError['scope'], account: string): ReadError => ({
  scope,
  account,
  code: 'AccessDenied',
  message: '',
  call: 'iam:GetRole',
  advice: '',
});

const ids = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id).toSorted();
const told = (findings: readonly { readonly rule: string; readonly account: string }[]) =>
  findings.map(({ rule, account }) => `${rule} ${account}`);

const base = desiredOf(SMALL);
const withTarget = desiredOf(`${SMALL}  - "${THREE}"\n`);
const hubUser = desiredOf(`${SMALL}defaults: { trust: hub-user }\n`);
const exception = `exceptions:\n  - { rule: role-policy-extra, account: "${ONE}", owner: a, reason: b, expires: 2027-01-31 }\n`;
const GUIDE = [managed('AmazonRoute53FullAccess'), managed('AmazonEC2FullAccess')];
const drifted = editRole(liveOf(base), { managedPolicies: { required: [...GUIDE, managed('ReadOnlyAccess')], optional: [] } });

describe('each thing in one list', () => {
  test('a change that asks for nothing causes nothing, and resolves nothing', () => {
    const { causes, resolves, drifted: already, unsure } = impactOf(comparedWith(base, drifted), comparedWith(base, drifted));
    expect([causes, resolves, unsure]).toEqual([[], [], []]);
    expect(told(already)).toEqual([`role-policy-extra ${ONE}`]);
  });

  test('a new target is the cause of what it lacks; what had drifted stays apart', () => {
    const { causes, resolves, drifted: already } = impactOf(comparedWith(withTarget, drifted), comparedWith(base, drifted));
    expect(told(causes)).toEqual([`grant-missing ${THREE}`, `role-missing ${THREE}`]);
    expect([resolves, told(already)]).toEqual([[], [`role-policy-extra ${ONE}`]]);
  });

  test('a trust that is wanted otherwise is caused in each target', () => {
    const { causes } = impactOf(comparedWith(hubUser, drifted), comparedWith(base, drifted));
    expect(told(causes)).toEqual([`trust-changed ${ONE}`, `trust-changed ${TWO}`]);
  });

  test.each([
    [
      'wanted now',
      SMALL.replace(`"${ONE}"`, `{ account: "${ONE}", managedPolicies: [AmazonRoute53FullAccess, AmazonEC2FullAccess, ReadOnlyAccess] }`),
      'desired',
    ],
    ['accepted by an exception', `${SMALL}${exception}`, 'excepted'],
    ['no longer watched', SMALL.replace(`  - "${ONE}"\n`, ''), 'unwatched'],
    ['of a role whose place another takes', SMALL.replace(`"${ONE}"`, `{ account: "${ONE}", roleName: Other }`), 'unwatched'],
  ] as const)('drift that is %s is resolved, and it is said how', (_name, file, why) => {
    const { resolves, drifted: already } = impactOf(comparedWith(desiredOf(file), drifted), comparedWith(base, drifted));
    expect(resolves.map((one) => [one.why, one.finding.rule])).toEqual([[why, 'role-policy-extra']]);
    expect(already).toEqual([]);
  });

  test.each([
    ['user', SMALL.replace('user: micetro', 'user: other'), 'hub-user-policy-extra', 'unwatched'],
    ['group', SMALL.replace('group: micetro-targets', 'group: others'), 'grant-extra', 'unwatched'],
    [
      'policy of the user',
      SMALL.replace('user: micetro', 'user: { name: micetro, managedPolicies: [IAMReadOnlyAccess, AdministratorAccess] }'),
      'hub-user-policy-extra',
      'desired',
    ],
  ] as const)('drift of the hub is wanted now only if the file still names whose it is: another %s', (_name, file, rule, why) => {
    const user = editUser(liveOf(base), {
      managedPolicies: { required: [managed('IAMReadOnlyAccess'), managed('AdministratorAccess')], optional: [] },
    });
    const stranger = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${THREE}:role/x` },
    };
    const there = editGroup(user, { inlinePolicies: [{ name: 'stranger', document: stranger }] });
    const ofHead = desiredOf(file);
    const seenByHead: State = {
      ...there,
      hub: {
        ...there.hub,
        user: ofHead.state.hub.user.name === 'micetro' ? there.hub.user : { name: ofHead.state.hub.user.name, value: null },
        groups: there.hub.groups.map((group) =>
          ofHead.state.hub.groups.some(({ name }) => name === group.name) ? group : { name: 'others', value: null },
        ),
      },
    };
    const { resolves } = impactOf(comparedWith(ofHead, seenByHead), comparedWith(base, there));
    expect(resolves.filter((one) => one.finding.rule === rule).map((one) => one.why)).toEqual([why]);
  });

  const described = 'maxSessionDuration: 7200, description: a, tags: { team: a, Stage: b }';
  const aged = SMALL.replace('user: micetro', 'user: { name: micetro, accessKeys: { maxAgeDays: 10 } }');
  const stated = (keys: string, file = SMALL) => `${file}defaults: { ${keys} }\n`;
  const ofRole = ['role-session-duration-changed', 'role-description-changed', 'role-tag-changed', 'role-tag-missing'];

  test.each([
    ['not stated any more', stated(described), SMALL, ofRole, 'unwatched'],
    [
      'stated as it is',
      stated(described),
      stated('maxSessionDuration: 3600, description: "", tags: { team: x }'),
      ofRole.slice(0, 3),
      'desired',
    ],
    ['one tag not stated any more', stated(described), stated(described.replace('team: a, ', '')), ['role-tag-changed'], 'unwatched'],
    ['the age of keys not stated any more', aged, SMALL, ['hub-user-key-old'], 'unwatched'],
    ['older keys allowed', aged, aged.replace('10', '100'), ['hub-user-key-old'], 'desired'],
  ] as const)('what only describes is wanted now only if the file states it: %s', (_name, before, after, rules, why) => {
    const there = editRole(liveOf(base), { maxSessionDuration: 3600, description: '', tags: [{ key: 'Team', value: 'x' }] });
    const { resolves } = impactOf(comparedWith(desiredOf(after), there), comparedWith(desiredOf(before), there));
    const own = resolves.filter(({ finding }) => finding.account !== TWO && (rules as readonly string[]).includes(finding.rule));
    expect(own.map((one) => `${one.finding.rule} ${one.why}`).toSorted()).toEqual(rules.map((rule) => `${rule} ${why}`).toSorted());
  });

  const watched = (role: string) => `${SMALL}fixer: { trustedBy: "arn:aws:iam::${HUB}:role/${role}" }\n`;

  test.each([
    ['corrected', watched('B'), 'desired'],
    ['not stated any more', SMALL, 'unwatched'],
  ] as const)('who may assume a role of the action: %s', (_name, after, why) => {
    const before = desiredOf(watched('A'));
    const there = editToolTrust(liveOf(before), 'fixer', trust({ AWS: `arn:aws:iam::${HUB}:role/B` }), TWO);
    const { resolves } = impactOf(comparedWith(desiredOf(after), there), comparedWith(before, there));
    const own = resolves.filter(({ finding }) => finding.account === TWO);
    expect(own.map((one) => `${one.finding.rule} ${one.why}`)).toEqual([`tool-role-trust-changed ${why}`]);
  });

  test('an exception that is taken out brings its drift back: a cause', () => {
    const { causes } = impactOf(comparedWith(base, drifted), comparedWith(desiredOf(`${SMALL}${exception}`), drifted));
    expect(told(causes)).toEqual([`role-policy-extra ${ONE}`]);
  });
});

describe('what was not read', () => {
  test('of a target that one side could not read nothing is caused and nothing resolved', () => {
    const refused = [error('target', THREE)];
    const { causes, unsure } = impactOf(comparedWith(withTarget, drifted, refused), comparedWith(base, drifted));
    expect([causes, told(unsure)]).toEqual([[], [`grant-missing ${THREE}`, `role-missing ${THREE}`]]);
    const back = impactOf(comparedWith(base, drifted), comparedWith(withTarget, drifted, refused));
    expect(back.resolves).toEqual([]);
  });

  test('without the hub, no grant and nothing of the hub is', () => {
    const refused = [error('hub', HUB)];
    const removed = desiredOf(SMALL.replace(`  - "${TWO}"\n`, ''));
    expect(told(impactOf(comparedWith(removed, liveOf(base)), comparedWith(base, liveOf(base))).causes)).toEqual([`grant-extra ${HUB}`]);
    const { causes, unsure } = impactOf(comparedWith(removed, liveOf(base), refused), comparedWith(base, liveOf(base), refused));
    expect([causes, told(unsure)]).toEqual([[], [`grant-extra ${HUB}`]]);
  });

  test('what both sides see is drift of before, read whole or not', () => {
    const refused = [error('target', ONE)];
    const { drifted: already, unsure } = impactOf(comparedWith(base, drifted, refused), comparedWith(base, drifted, refused));
    expect([told(already), unsure]).toEqual([[`role-policy-extra ${ONE}`], []]);
  });

  test('with no file before, all is caused; with one that is not known, nothing is known of the cause', () => {
    const head = comparedWith(base, drifted);
    expect(told(impactWithoutBase(head, true).causes)).toEqual([`role-policy-extra ${ONE}`]);
    const { causes, unsure } = impactWithoutBase(head, false);
    expect([causes, told(unsure)]).toEqual([[], [`role-policy-extra ${ONE}`]]);
  });
});

describe('laws', () => {
  const pair = fc.tuple(filesOf, filesOf, filesOf);

  test('swapping the files swaps causes and resolves, and a finding is in one list only', () => {
    fc.assert(
      fc.property(pair, ([one, other, live]) => {
        const [head, before, there] = [desiredOf(one), desiredOf(other), liveOf(desiredOf(live))];
        const [ahead, behind] = [comparedWith(head, there), comparedWith(before, there)];
        const [there1, back] = [impactOf(ahead, behind), impactOf(behind, ahead)];
        expect(ids(there1.causes)).toEqual(ids(back.resolves.map(({ finding }) => finding)));
        expect(ids(there1.drifted)).toEqual(ids(back.drifted));
        const all = [...there1.causes, ...there1.resolves.map(({ finding }) => finding), ...there1.drifted, ...there1.unsure];
        expect(new Set(ids(all)).size).toBe(all.length);
        const open = ahead.findings.filter((finding) => finding.exception?.expired !== false);
        expect(ids([...there1.causes, ...there1.drifted, ...there1.unsure])).toEqual(ids(open));
      }),
      { numRuns: runs(100) },
    );
  });

  test('a file that says the same causes nothing', () => {
    fc.assert(
      fc.property(filesOf, filesOf, (file, live) => {
        const held = comparedWith(desiredOf(file), liveOf(desiredOf(live)));
        const { causes, resolves } = impactOf(held, held);
        expect([causes, resolves]).toEqual([[], []]);
      }),
      { numRuns: runs(50) },
    );
  });
});

test('another caller of the hub is resolved by listing it, and unwatched where nothing is listed any more', () => {
  const stating = (list: string) => desiredOf(SMALL.replace('hub:', `hub:\n  otherCallers: ${list}`));
  const live = withPrincipals(liveOf(base), principal('role/Admin', { policies: { all: assume('*') } }));
  const change = (before: Desired, after: Desired) => {
    const { causes, resolves } = impactOf(comparedWith(after, live), comparedWith(before, live));
    return [told(causes), resolves.map(({ finding, why }) => `${finding.rule} ${why}`)];
  };
  expect(change(stating('[]'), stating('[role/Admin]'))).toEqual([[], ['hub-caller-extra desired']]);
  expect(change(stating('[]'), base)).toEqual([[], ['hub-caller-extra unwatched']]);
  expect(change(base, stating('[]'))).toEqual([[`hub-caller-extra ${HUB}`], []]);
});
