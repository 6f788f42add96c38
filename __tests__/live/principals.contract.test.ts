import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn } from '../../dev/aws/estate.ts';
import { liveReader } from '../../src/live/read-live.ts';
import { readReadablePrincipals } from '../../src/live/read-principals.ts';
import type { HubPrincipal } from '../../src/state/principals.ts';
import type { State } from '../../src/state/state.ts';
import { type Live, sorted, startLive } from './hub.ts';

const HUB = '111111111111';
const arn = (resource: string, account = HUB) => `arn:aws:iam::${account}:${resource}`;
const allow = (Action: string, Resource = '*') => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: HUB }, Action: 'sts:AssumeRole' }] };
const CALL = 'GetAccountAuthorizationDetails';

function withCallers(draft: Estate): void {
  const hub = accountIn(draft, HUB);
  hub.policies.push({ name: 'jump', path: '/team/', document: allow('sts:AssumeRole') });
  hub.groups.push({
    name: 'team',
    members: ['ann'],
    managedPolicies: [arn('policy/team/jump')],
    inlinePolicies: [{ name: 'plus+more', document: allow('sts:AssumeRole', 'arn:aws:iam::200000000001:role/a%2Fb+c') }],
  });
  hub.users.push({
    name: 'ann',
    path: '/people/',
    managedPolicies: [],
    inlinePolicies: [{ name: 'own', document: allow('s3:*') }],
    accessKeys: [],
  });
  hub.roles.push({
    name: 'Admin',
    trust: TRUST,
    managedPolicies: [arn('policy/AdministratorAccess', 'aws')],
    inlinePolicies: [],
    boundary: arn('policy/team/jump'),
    tags: [{ key: 'team', value: 'ops' }],
  });
  groupIn(draft, HUB, 'micetro-targets').managedPolicies.push(arn('policy/AdministratorAccess', 'aws'));
}

const stating = (desired: State): State => ({ ...desired, hub: { ...desired.hub, otherCallers: [] } });

function shown(principals: readonly HubPrincipal[] | undefined) {
  return principals?.map(({ arn: who, id, tags, policies, boundary }) => ({
    who: who.replace(arn(''), ''),
    id: id.slice(0, 4),
    tags: tags.map(({ key, value }) => `${key}=${value}`),
    policies: policies.map(
      ({ arn: name, group, document }) => `${name.replace(arn(''), '')} ${group ?? '-'} ${JSON.stringify(document?.json)}`,
    ),
    boundary: boundary && JSON.stringify(boundary.json),
  }));
}

const named = (live: Live, principals: readonly HubPrincipal[] | undefined, name: string) =>
  shown(principals)?.find(({ who }) => who.endsWith(name)) ?? `${name} in ${live.guide.hub}`;

describe('users and roles of the hub', () => {
  test('are read only where the file states otherCallers', async () => {
    await using live = await startLive({ edit: withCallers });
    const { state } = await live.read();
    expect('principals' in state.hub).toBe(false);
    expect(live.asked()).not.toContain(CALL);
  });

  test.each([100, 2])('with all that decides what they may assume, %i to a page', async (pageSize) => {
    await using live = await startLive({ edit: withCallers, pageSize });
    const { state, errors } = await live.read({}, stating(live.desired));
    const { principals } = state.hub;
    expect(errors).toEqual([]);
    expect(sorted((principals ?? []).map(({ arn: who }) => who.replace(arn(''), '')))).toEqual(
      sorted(['role/Admin', 'role/DriftAuditor', 'user/drift-workflow', 'user/micetro', 'user/people/ann']),
    );
    expect(named(live, principals, 'ann')).toEqual({
      who: 'user/people/ann',
      id: 'AIDA',
      tags: [],
      policies: [
        `user/people/ann/policy/own - ${JSON.stringify(allow('s3:*'))}`,
        `policy/team/jump team ${JSON.stringify(allow('sts:AssumeRole'))}`,
        `group/team/policy/plus+more team ${JSON.stringify(allow('sts:AssumeRole', 'arn:aws:iam::200000000001:role/a%2Fb+c'))}`,
      ],
      boundary: null,
    });
    expect(named(live, principals, 'Admin')).toMatchObject({
      id: 'AROA',
      tags: ['team=ops'],
      policies: [expect.stringMatching(/^arn:aws:iam::aws:policy\/AdministratorAccess - .*"Action":\["\*"\]/)],
      boundary: JSON.stringify(allow('sts:AssumeRole')),
    });
    const asked = live.asked();
    expect(asked.filter((action) => action === CALL).length > 1).toBe(pageSize === 2);
    // AWS's two policies that are in use: the user's own, and the administrators'.
    expect(asked.filter((action) => action === 'GetPolicyVersion').length).toBe(2);
  });

  test('are read once for two desired states', async () => {
    await using live = await startLive({ edit: withCallers });
    await using access = await live.open().then((opened) => ({ ...opened, [Symbol.asyncDispose]: async () => opened.close() }));
    const read = liveReader({ access, auditor: { roleName: 'AssumeRoleAuditor', externalId: undefined }, concurrency: 8 });
    const [first, second] = [await read(stating(live.desired)), await read(stating(live.desired))];
    expect(first.state.hub.principals).toBe(second.state.hub.principals);
    expect(live.asked().filter((action) => action === CALL)).toHaveLength(1);
    expect('principals' in (await read(live.desired)).state.hub).toBe(false);
  });

  test.each([
    [CALL, 'iam:GetAccountAuthorizationDetails'],
    ['GetPolicyVersion', 'iam:GetPolicyVersion'],
  ])('that can not be read by %s are an error with advice where the file states them', async (action, call) => {
    await using live = await startLive({ edit: withCallers });
    live.aws.faults.set([{ action, account: HUB, times: 100, effect: 'access-denied' }]);
    const { errors } = await live.read({}, stating(live.desired));
    expect(errors).toMatchObject([{ scope: 'hub', account: HUB, code: 'AccessDenied', call }]);
    expect(errors[0]?.advice).toContain(call);
  });

  test.each([
    [
      'of another account',
      `<UserDetailList><member><Arn>${arn('user/ann', '222222222222')}</Arn></member></UserDetailList>`,
      'WrongAccount',
    ],
    ['in an answer that holds no list', '', 'UnexpectedAnswer'],
    [
      'in an answer that lacks a name',
      `<UserDetailList><member><Arn>${arn('user/ann')}</Arn></member></UserDetailList>`,
      'UnexpectedAnswer',
    ],
  ])('%s are an error', async (_, body, code) => {
    await using live = await startLive({ edit: withCallers });
    await using front = await answering(live.aws.url, `<${CALL}Response><${CALL}Result>${body}</${CALL}Result></${CALL}Response>`);
    const { state, errors } = await live.read({ endpoints: { iam: front.url, sts: live.aws.url } }, stating(live.desired));
    expect(errors).toMatchObject([{ scope: 'hub', code, call: `iam:${CALL}` }]);
    expect('principals' in state.hub).toBe(false);
  });

  test('for a capture are read as far as the auditor may, whole or not at all', async () => {
    await using live = await startLive({ edit: withCallers });
    const access = await live.open();
    expect((await readReadablePrincipals(access)).principals).toHaveLength(5);
    for (const action of [CALL, 'GetPolicyVersion']) {
      live.aws.faults.set([{ action, account: HUB, times: 100, effect: 'access-denied' }]);
      expect(await readReadablePrincipals(access)).toEqual({ principals: undefined, errors: [] });
    }
    access.close();
  });
});

/** Stands before AWS and answers the one call itself. */
async function answering(url: string, answer: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      if (body.includes(`Action=${CALL}`)) outgoing.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
      else {
        const onward = request(`${url}/`, { method: 'POST', headers: incoming.headers }, (reply) => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(outgoing);
        });
        onward.end(body);
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}
