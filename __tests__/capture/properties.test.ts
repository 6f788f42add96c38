import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { credentials, type WrittenPolicies } from '../drift/estate.ts';
import { runs } from '../runs.ts';
import { assume, captureOf, denied, group, HUB, type LiveHub, managed, role, statement, trust, VARIABLE } from './live.ts';

/** Whatever is live: a capture is what an audit finds no drift from, and capturing again changes nothing. */

const TEXTS = ['*', 'a: b # c', '{account}', '{unknown}', "it's", '"', 'é', '- x', VARIABLE, '\\n', 'yes', '0123', '\u007f', '~', 'a{}'];
const accounts = Array.from({ length: 6 }, (_value, index) => String(200_000_000_001 + index));

const policies = fc
  .subarray(['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'IAMReadOnlyAccess', 'job-function/ViewOnlyAccess', 'AdministratorAccess'])
  .map((names) => names.map(managed));
const resource = fc.constantFrom(...TEXTS).map((text) => `arn:aws:s3:::bucket/${text}`);
const document = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('s3:*', ['s3:GetObject', 's3:PutObject']),
    Resource: resource,
  })
  .map((one) => ({ Version: '2012-10-17', Statement: [one] }));
const inline = fc.dictionary(
  fc.constantFrom('own', '__proto__', '2012-10-17', 'yes', '0123', 'a=b,c'),
  fc.oneof(
    document,
    document.map((one) => JSON.stringify(one)),
  ),
);
const named = inline.map((found) => Object.keys(found).map((name) => ({ name, document: Reflect.get(found, name) })));
const trusts = fc.constantFrom(
  trust(`arn:aws:iam::${HUB}:root`),
  trust(`arn:aws:iam::${HUB}:user/micetro`),
  trust('*'),
  trust(`arn:aws:iam::${HUB}:role/caller`, { Condition: { StringEquals: { 'sts:ExternalId': 'ddi' } } }),
  trust('arn:aws:iam::999999999999:root', { Condition: { StringEquals: { 'sts:ExternalId': '{account}' } } }),
  statement({ Principal: '*', Action: 'sts:AssumeRole' }),
  statement({ Principal: { Service: 'ec2.amazonaws.com', AWS: HUB }, Action: ['sts:AssumeRole', 'sts:TagSession'] }),
);

const aRole = fc.record({
  name: fc.constantFrom('Micetro', 'Micetro', 'MicetroProd'),
  path: fc.constantFrom('/', '/', '/ddi/'),
  trust: trusts,
  managed: policies,
  customer: fc.boolean(),
  inline: named,
  boundary: fc.constantFrom('none', 'aws', 'own'),
  description: fc.constantFrom('', ...TEXTS),
});

const aGrant = fc.record({
  form: fc.constantFrom('plain', 'plain', 'plain', 'none', 'condition', 'wide', 'denied', 'twice', 'second', 'second'),
  policy: fc.constantFrom('own', 'packed', 'packed'),
  group: fc.constantFrom(0, 0, 1),
});

interface Parts {
  readonly roles: readonly (typeof aRole extends fc.Arbitrary<infer T> ? T : never)[];
  readonly grants: readonly (typeof aGrant extends fc.Arbitrary<infer T> ? T : never)[];
  readonly others: readonly string[];
  readonly members: readonly string[];
  readonly billing: { readonly managed: readonly string[]; readonly inline: WrittenPolicies };
  readonly user: {
    readonly managed: readonly string[];
    readonly inline: WrittenPolicies;
    readonly login: boolean;
    readonly credentials: readonly 'ssh-public-key'[];
    readonly keys: number;
  };
}

function liveHub(parts: Parts): LiveHub {
  const roles = accounts.map((account, index) => {
    const one = parts.roles[index];
    if (one === undefined) throw new Error('a role for each account');
    const own = `arn:aws:iam::${account}:policy`;
    const boundary = { none: null, aws: managed('PowerUserAccess'), own: `${own}/b` }[one.boundary] ?? null;
    const attached = [...one.managed, ...(one.customer ? [`${own}/team/dns`] : [])];
    return role(
      account,
      {
        path: one.path,
        trust: one.trust,
        managedPolicies: { required: attached, optional: [] },
        inlinePolicies: one.inline,
        boundary,
        description: one.description,
      },
      one.name,
    );
  });
  // The second role of an account is like the first one of the next.
  const seconds = accounts.map((account, index) => {
    const { trust: document, managed: attached = [], inline: inlinePolicies = [] } = parts.roles[(index + 1) % accounts.length] ?? {};
    const managedPolicies = { required: attached, optional: [] };
    return role(account, { ...(document && { trust: document }), managedPolicies, inlinePolicies }, 'ZSecond');
  });
  const groups = [0, 1].map((index) => {
    const policiesOf = new Map<string, unknown[]>();
    const add = (name: string, found: { readonly [key: string]: unknown }) =>
      policiesOf.set(name, [...(policiesOf.get(name) ?? []), ...[found.Statement].flat()]);
    for (const [number, { form, policy, group: where }] of parts.grants.entries()) {
      const live = roles[number];
      if (live === undefined || where !== index || form === 'none') continue;
      const name = policy === 'packed' ? `packed-${index}` : `assume-${accounts[number]}`;
      const conditional = { Condition: { StringLike: { 'aws:PrincipalTag/x': '{y}' } } };
      add(name, form === 'condition' ? assume(live.arn, conditional) : assume(live.arn));
      if (form === 'wide') add(name, assume(live.arn, { Action: 'sts:*' }));
      if (form === 'denied') add('denials', assume(live.arn, { Effect: 'Deny' }));
      if (form === 'second' && seconds[number]) add(name, assume(seconds[number].arn));
      if (form === 'twice') add('again', assume([live.arn]));
    }
    for (const pattern of index === 0 ? parts.others : []) add('packed-0', assume(pattern));
    const inlinePolicies = [...policiesOf].map(([name, Statement]) => ({ name, document: { Version: '2012-10-17', Statement } }));
    const members = ['micetro', ...parts.members].map((member) => ({ name: member, arn: `arn:aws:iam::${HUB}:user/${member}` }));
    return group(inlinePolicies, { members }, `targets-${index}`);
  });
  return {
    user: {
      managedPolicies: { required: parts.user.managed, optional: [] },
      inlinePolicies: parts.user.inline,
      consoleLogin: parts.user.login,
      otherCredentials: credentials(...parts.user.credentials),
      groups: { required: [...groups.map(({ name }) => name), 'billing'], optional: [] },
      accessKeys: { min: parts.user.keys, max: parts.user.keys, maxAgeDays: undefined, listed: [] },
    },
    groups,
    otherGroups: [group(parts.billing.inline, { managedPolicies: { required: parts.billing.managed, optional: [] } }, 'billing')],
    roles: [...roles, ...seconds],
  };
}

const hubs = fc
  .record({
    roles: fc.array(aRole, { minLength: accounts.length, maxLength: accounts.length }),
    grants: fc.array(aGrant, { minLength: accounts.length, maxLength: accounts.length }),
    others: fc.subarray(['*', 'arn:aws:iam::*:role/Wild*', `arn:aws:iam::333333333333:role/${VARIABLE}`, 'arn:aws:iam::aws:role/x']),
    members: fc.subarray(['backup', 'root2']),
    billing: fc.record({ managed: policies, inline: named }),
    user: fc.record({
      managed: policies,
      inline: named,
      login: fc.boolean(),
      credentials: fc.constantFrom([], ['ssh-public-key' as const]),
      keys: fc.constantFrom(0, 1, 2),
    }),
  })
  .map(liveHub);

test('an audit with a captured file finds nothing, and a second capture keeps every byte', () => {
  fc.assert(
    fc.property(hubs, (hub) => {
      const first = captureOf(hub);
      expect({ findings: first.findings, text: first.text }).toEqual({ findings: [], text: first.text });
      expect(first.leftOut).toEqual([]);
      const second = captureOf(hub, first.text);
      expect(second.isChanged).toBe(false);
      expect(second.text).toBe(first.text);
    }),
    { numRuns: runs(20) },
  );
});

test('captured over the file of another state, it is what is live now', () => {
  fc.assert(
    fc.property(hubs, hubs, (before, now) => {
      const over = captureOf(now, captureOf(before).text);
      const left = over.findings.filter(({ rule }) => rule !== 'grant-changed');
      expect({ left, text: over.text }).toEqual({ left: [], text: over.text });
      expect(captureOf(now, over.text).text).toBe(over.text);
    }),
    { numRuns: runs(12) },
  );
});

test('what could not be read is left out, each on a line, and nothing else', () => {
  fc.assert(
    fc.property(hubs, fc.subarray(accounts), (hub, unread) => {
      const partly = captureOf({ ...hub, errors: unread.map(denied) });
      const lines = partly.text.split('\n').filter((line) => /^ {2}# - .* # not captured: /.test(line));
      expect(lines.map((line) => /"(\d+)"/.exec(line)?.[1])).toEqual(partly.leftOut.map(({ target }) => target.account));
      const patterns: ReadonlySet<string> = new Set(partly.leftOut.map(({ target }) => target.roleArn));
      expect(partly.findings.filter(({ rule, resource }) => rule !== 'grant-extra' || !patterns.has(resource))).toEqual([]);
      expect(captureOf({ ...hub, errors: unread.map(denied) }, partly.text).text).toBe(partly.text);
      // Once they can be read they come in, and the comments go.
      const whole = captureOf(hub, partly.text);
      expect(whole.text).not.toContain('not captured');
      expect(whole.findings).toEqual([]);
    }),
    { numRuns: runs(10) },
  );
});
