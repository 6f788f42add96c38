import type { ReferenceDocument, ReferenceStatement } from '../policy/reference.ts';
import { HUB } from './estate.ts';

/** A made-up hub account of which much may assume roles of many targets, and much may not. The same seed makes the same hub. */
export interface GeneratedHub {
  readonly principals: readonly GeneratedPrincipal[];
  readonly targets: readonly GeneratedTarget[];
}

export interface GeneratedPrincipal {
  /** `role/team-a/R1`, `user/U1`. */
  readonly entity: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, ReferenceDocument>>;
  readonly ofGroup: Readonly<Record<string, ReferenceDocument>>;
  readonly boundary: ReferenceDocument | null;
}

export interface GeneratedTarget {
  readonly account: string;
  readonly trust: ReferenceDocument;
}

type Pick = <T>(items: readonly T[]) => T;

const ROOT = { AWS: `arn:aws:iam::${HUB}:root` };
const ROLE = 'Micetro';

export function generatedHub(seed: number, roles: number, users: number, targets: number): GeneratedHub {
  const pick = picker(seed);
  const accounts = [HUB, ...Array.from({ length: targets - 1 }, (_, index) => String(200_000_000_001 + index))];
  const entities = [
    ...Array.from({ length: roles }, (_, index) => `role/${pick(['', 'team-a/', 'team-b/', 'aws-service-role/x/'])}R${index}`),
    ...Array.from({ length: users }, (_, index) => `user/${pick(['', 'people/'])}U${index}`),
  ];
  const ids = entities.map((entity, index) => `${entity.startsWith('role') ? 'AROA' : 'AIDA'}${String(index).padStart(8, '0')}`);
  const documents = (most: number, prefix: string) =>
    Object.fromEntries(
      Array.from({ length: pick([0, ...Array(most).keys()]) }, (_, index) => [
        `${prefix}${index}`,
        identity(pick, accounts, entities, ids),
      ]),
    );
  const shared = documents(40, 'arn:aws:iam::aws:policy/Shared');
  const groups = Array.from({ length: 12 }, (_, index) => documents(3, `g${index}-`));
  const sharedOf = () => Object.fromEntries(Object.entries(shared).filter(() => pick([true, ...Array(19).fill(false)])));
  return {
    targets: accounts.map((account, index) => ({ account, trust: index === 0 ? trustInHub(pick, entities) : trustOf(pick, entities) })),
    principals: entities.map((entity, index) => ({
      entity,
      id: ids[index] ?? '',
      tags: pick([{}, { team: 'ddi' }, { team: 'web', role: ROLE }]),
      policies: { ...sharedOf(), ...documents(4, 'own') },
      ofGroup: entity.startsWith('user') ? pick(groups) : {},
      boundary: pick([null, null, null, identity(pick, accounts, entities, ids)]),
    })),
  };
}

function identity(pick: Pick, accounts: readonly string[], entities: readonly string[], ids: readonly string[]): ReferenceDocument {
  const count = pick([1, 1, 2, 3]);
  return { Version: '2012-10-17', Statement: Array.from({ length: count }, () => statement(pick, accounts, entities, ids)) };
}

function statement(pick: Pick, accounts: readonly string[], entities: readonly string[], ids: readonly string[]): ReferenceStatement {
  const kind = pick(['other', 'other', 'other', 'other', 'allow', 'allow', 'maybe', 'deny', 'unless']);
  const arn = () => `arn:aws:iam::${pick(accounts)}:role/${ROLE}`;
  const Resource = pick([
    () => [arn(), arn(), arn()],
    () => '*',
    arn,
    () => `arn:aws:iam::${pick(accounts).slice(0, 11)}?:role/Mi*`,
    () => 'arn:aws:iam::*:role/$' + '{aws:PrincipalTag/role}',
  ])();
  const about = pick<Pick_>([{ Resource }, { Resource }, { Resource }, { NotResource: [arn(), arn()] }]);
  const Action = pick<string | string[]>(['sts:AssumeRole', 'sts:AssumeRole', 'sts:*', '*', ['s3:GetObject', 'STS:assumerole']]);
  switch (kind) {
    case 'other':
      return {
        Effect: 'Allow',
        Action: pick<string | string[]>(['s3:*', ['ec2:Describe*', 'sts:GetCallerIdentity'], 'iam:Get*']),
        Resource: '*',
      };
    case 'allow':
      return { Effect: 'Allow', ...pick([{ Action }, { Action }, { NotAction: pick(['iam:*', 'sts:AssumeRole']) }]), ...about };
    case 'maybe':
      return { Effect: 'Allow', Action, ...about, Condition: condition(pick, entities, ids, accounts, false) };
    case 'deny':
      return { Effect: 'Deny', Action: pick(['sts:AssumeRole', 's3:*']), Resource: pick([[arn(), arn()], arn()]) };
    default:
      return { Effect: 'Deny', Action, ...about, Condition: condition(pick, entities, ids, accounts, true) };
  }
}

type Pick_ = Partial<ReferenceStatement>;
type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function condition(
  pick: Pick,
  entities: readonly string[],
  ids: readonly string[],
  accounts: readonly string[],
  isDenial: boolean,
): Condition {
  const not = isDenial ? 'Not' : '';
  const arn = `arn:aws:iam::${HUB}:${pick([pick(entities), 'role/team-a/*', 'role/*', 'user/*'])}`;
  return pick<() => Condition>([
    () => (isDenial ? { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } : { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    () => ({ [`String${not}Equals`]: { 'sts:ExternalId': pick(['x', 'y']) } }),
    () => ({ [`${not}IpAddress`]: { 'aws:SourceIp': '10.0.0.0/8' } }),
    () => ({ [`Arn${not}Like`]: { 'aws:PrincipalArn': arn } }),
    () => ({ [`String${not}Like`]: { 'aws:username': pick(['U1*', 'U2', '*']) } }),
    () => ({ [`String${not}Equals`]: { 'aws:PrincipalTag/Team': pick(['ddi', 'web']) } }),
    () => ({ [`String${not}Like`]: { 'aws:userid': [pick(ids), `${pick(ids)}:*`, pick([`${pick(ids)}:alice`, 'AROA*'])] } }),
    () => ({ [`String${not}Equals`]: { 'aws:ResourceAccount': [pick(accounts), pick(accounts), pick(accounts)] } }),
    () => ({ [`String${not}Equals`]: { 'aws:PrincipalAccount': HUB }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  ])();
}

function trustOf(pick: Pick, entities: readonly string[]): ReferenceDocument {
  const named = { AWS: [pick(entities), pick(entities), pick(entities)].map((entity) => `arn:aws:iam::${HUB}:${entity}`) };
  const session = { AWS: `arn:aws:sts::${HUB}:assumed-role/R${pick([...Array(300).keys()])}/alice` };
  const allow = (Principal: ReferenceStatement['Principal'], Condition?: Condition): ReferenceStatement => ({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    ...(Principal === undefined ? {} : { Principal }),
    ...(Condition === undefined ? {} : { Condition }),
  });
  const statements = pick<readonly ReferenceStatement[]>([
    [allow(ROOT)],
    [allow(ROOT)],
    [allow(ROOT, { StringEquals: { 'sts:ExternalId': 'x' } })],
    [allow(ROOT, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${HUB}:role/team-a/*` } })],
    [allow({ AWS: `arn:aws:iam::${HUB}:user/micetro` })],
    [allow(named)],
    [allow(ROOT), { ...allow(named), Effect: 'Deny' }],
    [allow(ROOT), { ...allow({ AWS: '*' }, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }), Effect: 'Deny' }],
    [allow(session), allow(named)],
    [allow(ROOT), { ...allow(session), Effect: 'Deny' }],
    [allow({ AWS: '*' }, { StringLike: { 'aws:PrincipalTag/team': 'd*' } })],
  ]);
  return { Version: '2012-10-17', Statement: statements };
}

/** Of the target in the hub account, in which whoever is named gets in without a policy. */
function trustInHub(pick: Pick, entities: readonly string[]): ReferenceDocument {
  const arns = Array.from({ length: 30 }, () => `arn:aws:iam::${HUB}:${pick(entities)}`);
  const sessions = Array.from({ length: 10 }, (_, index) => `arn:aws:sts::${HUB}:assumed-role/R${index}/alice`);
  const allow = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: [...arns, ...sessions] } };
  return {
    Version: '2012-10-17',
    Statement: [allow, { ...allow, Effect: 'Deny', Principal: { AWS: arns.slice(0, 5) } }, { ...allow, Principal: ROOT }],
  };
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, of which the upper bits are taken. */
function picker(seed: number): Pick {
  let state = seed;
  return (items) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const item = items[Math.floor((state / 2 ** 32) * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
}
