import { expect, test } from '@jest/globals';
import { hubCallers } from '../../src/drift/callers.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import type { State } from '../../src/state/state.ts';
import { compareText } from '../../src/text/compare-text.ts';
import { levelOf, type ReferenceDocument, type Request } from '../policy/reference.ts';
import { runs } from '../runs.ts';
import { desiredOf, editRole, HUB, liveOf, principal, SMALL, withPrincipals } from './estate.ts';
import { type GeneratedHub, type GeneratedPrincipal, type GeneratedTarget, generatedHub } from './generated-hub.ts';

/**
 * An independent judgement of the same question: every user and role, every target, every context that the documents can tell apart, one request at a time, by
 * the tests' own reading of the policy language.
 */
function expected({ principals, targets }: GeneratedHub): string[] {
  return principals.flatMap((who) => {
    const roles = targets.filter((target) => mayAssume(who, target)).map(({ account }) => account);
    return roles.length === 0 ? [] : [`${who.entity}: ${roles.join(' ')}`];
  });
}

function mayAssume(who: GeneratedPrincipal, target: GeneratedTarget): boolean {
  const all = [...Object.values(who.policies), ...Object.values(who.ofGroup)];
  const documents = all.filter((document) => isAbout(document, target));
  if (documents.length === 0 && target.account !== HUB) return false;
  const deciding = [...documents, target.trust, ...(who.boundary === null ? [] : [who.boundary])];
  return sessionsOf(who).some((session) =>
    contextsOf(who, session, target, deciding).some((context) => allows(who, target, documents, session, context)),
  );
}

/** Whether one of its statements can apply to the role, under whatever conditions. */
function isAbout(document: ReferenceDocument, { account }: GeneratedTarget): boolean {
  const request = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/Micetro` };
  return levelOf(bareOf(document), { ...request, context: new Map([['aws:principaltag/role', ['Micetro']]]) }) === 'allow';
}

const BARE = new WeakMap<ReferenceDocument, ReferenceDocument>();

function bareOf(document: ReferenceDocument): ReferenceDocument {
  const Statement = document.Statement.map(({ Condition: _, ...statement }) => ({ ...statement, Effect: 'Allow' }));
  const bare = BARE.get(document) ?? { ...document, Statement };
  BARE.set(document, bare);
  return bare;
}

type Context = Request['context'];
type Session = { readonly caller: readonly [string, string]; readonly userid: string };

function sessionsOf({ entity, id }: GeneratedPrincipal): readonly Session[] {
  if (entity.startsWith('user/')) return [{ caller: ['AWS', `arn:aws:iam::${HUB}:${entity}`], userid: id }];
  const name = entity.split('/').at(-1);
  return ['alice', 'someone'].map((session) => ({
    caller: ['AWS', `arn:aws:sts::${HUB}:assumed-role/${name}/${session}`],
    userid: `${id}:${session}`,
  }));
}

function contextsOf(
  who: GeneratedPrincipal,
  { userid }: Session,
  target: GeneratedTarget,
  documents: readonly ReferenceDocument[],
): readonly Context[] {
  const isUser = who.entity.startsWith('user/');
  const known: [string, string[]][] = [
    ['aws:principalarn', [`arn:aws:iam::${HUB}:${who.entity}`]],
    ['aws:principalaccount', [HUB]],
    ['aws:resourceaccount', [target.account]],
    ['aws:userid', [userid]],
    ...(isUser ? [['aws:username', [who.entity.split('/').at(-1) ?? '']] as [string, string[]]] : []),
    ...(isUser ? Object.entries(who.tags).map(([key, value]): [string, string[]] => [`aws:principaltag/${key}`, [value]]) : []),
  ];
  const free: [string, (string | null)[]][] = [
    ['aws:multifactorauthpresent', [null, 'true', 'false']],
    ['sts:externalid', [null, 'x', 'y', 'other']],
    ['aws:sourceip', ['10.0.0.1', '9.9.9.9']],
    ...(isUser
      ? []
      : ([
          ['aws:principaltag/team', [null, 'ddi', 'web']],
          ['aws:principaltag/role', [null, 'Micetro']],
        ] as [string, (string | null)[]][])),
  ];
  const text = JSON.stringify(documents).toLowerCase();
  return free
    .filter(([key]) => text.includes(key))
    .reduce<readonly [string, string[]][][]>(
      (contexts, [key, values]) =>
        contexts.flatMap((context) =>
          values.map((value) => (value === null ? context : [...context, [key, [value]] as [string, string[]]])),
        ),
      [known],
    )
    .map((context) => new Map(context));
}

function allows(
  who: GeneratedPrincipal,
  { account, trust }: GeneratedTarget,
  documents: readonly ReferenceDocument[],
  { caller }: Session,
  context: Context,
): boolean {
  const request = { action: 'sts:AssumeRole', context };
  const resource = `arn:aws:iam::${account}:role/Micetro`;
  const trusted = levelOf(trust, { ...request, caller });
  if (trusted !== 'allow') return false;
  const levels = documents.map((document) => levelOf(document, { ...request, resource }));
  const bounded = who.boundary === null ? 'allow' : levelOf(who.boundary, { ...request, resource });
  if (levels.includes('deny') || bounded === 'deny') return false;
  if (levels.includes('allow') && bounded === 'allow') return true;
  if (account !== HUB) return false;
  const without = (isLeftOut: (id: string) => boolean): ReferenceDocument => ({
    ...trust,
    Statement: trust.Statement.map((one) => ({
      ...one,
      Principal: { AWS: one.Effect === 'Deny' ? ids(one.Principal) : ids(one.Principal).filter((id) => !isLeftOut(id)) },
    })),
  });
  const isRoot = (id: string) => id.endsWith(':root');
  if (levelOf(without(isRoot), { ...request, caller }) !== 'allow') return false;
  if (who.entity.startsWith('user/') || bounded === 'allow') return true;
  return (
    levelOf(
      without((id) => isRoot(id) || id.includes(':role/')),
      { ...request, caller },
    ) === 'allow'
  );
}

function ids(principals: unknown): string[] {
  const text = typeof principals === 'object' && principals !== null && 'AWS' in principals ? principals.AWS : [];
  return [text].flat().map(String);
}

function liveFor({ principals, targets }: GeneratedHub): State {
  const list = targets.map(({ account }) => JSON.stringify(account)).join(', ');
  const desired = desiredOf(`${SMALL.split('targets:')[0]}targets: [${list}]\n`);
  // AWS's own policies are read once for all who have them.
  const shared = new Map<ReferenceDocument, ReturnType<typeof parsePolicy>>();
  const read = (document: ReferenceDocument) => {
    const policy = shared.get(document) ?? parsePolicy({ ...document }, 'identity');
    shared.set(document, policy);
    return policy;
  };
  const all = (documents: Readonly<Record<string, ReferenceDocument>>) =>
    Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, read(document)]));
  const live = targets.reduce(
    (state, { account, trust }) => editRole(state, { trust: parsePolicy({ ...trust }, 'trust', { account }) }, account),
    liveOf(desired),
  );
  return withPrincipals(
    live,
    ...principals.map(({ entity, policies, ofGroup, boundary, ...facts }) =>
      principal(entity, { ...facts, policies: all(policies), ofGroup: all(ofGroup), boundary: boundary && read(boundary) }),
    ),
  );
}

const toldOf = (live: State) =>
  hubCallers(live).map(
    ({ principal: who, targets }) => `${who.arn.replace(/^.*?:(?=user|role)/, '')}: ${targets.map(({ account }) => account).join(' ')}`,
  );

const sorted = (lines: readonly string[]) => lines.toSorted(compareText);

/** As many of its principals as the runs allow, from all over the hub. */
function someOf({ principals, targets }: GeneratedHub): GeneratedHub {
  const step = Math.max(1, Math.round(principals.length / runs(principals.length)));
  return { principals: principals.filter((_principal, index) => index % step === 0), targets };
}

test.each([[300, 100, 60, 20_261_201], ...[1, 2, 3, 4].map((seed) => [60, 20, 12, seed])])(
  '%i roles and %i users of a hub, and %i targets (%i): exactly those whom an independent evaluation finds',
  (roles, users, targets, seed) => {
    const hub = someOf(generatedHub(seed, roles, users, targets));
    const live = liveFor(hub);
    const found = toldOf(live);
    expect(found.length).toBeGreaterThan(hub.principals.length / 4);
    expect(found.length).toBeLessThan(hub.principals.length);
    expect(sorted(found)).toEqual(sorted(expected(hub)));
  },
);
