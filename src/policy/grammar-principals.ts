import { at, isList, isObject, type Json } from './json.ts';
import { nearMiss } from './near-miss.ts';
import { Problem } from './problem.ts';
import type { Principal, PrincipalKind } from './statement.ts';

const KINDS: ReadonlyMap<string, PrincipalKind> = new Map([
  ['AWS', 'AWS'],
  ['Service', 'Service'],
  ['Federated', 'Federated'],
  ['CanonicalUser', 'CanonicalUser'],
]);

/** User, role and session names; paths may hold any character from `!` to `~`, but no wildcard. */
const NAME = '[\\w+=,.@-]+';
const PATH = '(?:[!-)+-.0->@-~]*/)*';
const AWS_ARN = new RegExp(
  `^arn:aws[a-z-]*:(?:iam::\\d{12}:(?:root|(?:user|role)/${PATH}${NAME})|sts::\\d{12}:(?:assumed-role/${NAME}/${NAME}|federated-user/${NAME}))$`,
);

/** The unique ids of users (AIDA) and roles (AROA). Nothing else that has a unique id can be a principal. */
const UNIQUE_ID = /^A(?:IDA|ROA)[A-Z0-9]{4,}$/;

const FEDERATED = /^(?:arn:aws[a-z-]*:iam::\d{12}:(?:saml|oidc)-provider\/[!-)+->@-~]+|[\w-]+(?:\.[\w-]+)+(?:\/[!-)+->@-~]*)?)$/;
const SERVICE = /^[\w-]+(?:\.[\w-]+)+$/;
const CANONICAL = /^[0-9a-f]{64}$/;

export function isUniqueId(id: string): boolean {
  return UNIQUE_ID.test(id);
}

/** The root ARN of a bare account id; any other id as it is. */
export function withRootArn(id: string, partition: string): string {
  return /^\d{12}$/.test(id) ? `arn:${partition}:iam::${id}:root` : id;
}

/**
 * The Principal element of a trust policy. A bare `"*"`, which IAM refuses in a trust policy, is read as everybody.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipals(value: Json, place: string, partition: string): readonly Principal[] {
  if (value === '*') return [{ kind: 'AWS', id: '*' }];
  if (!isObject(value)) throw new Problem(place, 'expected an object such as { "AWS": "…" }');
  const found = new Map<string, Principal>();
  for (const [name, ids] of value) {
    const kind = KINDS.get(name);
    const inner = at(place, name);
    if (!kind) throw new Problem(inner, `unknown type of principal${nearMiss(name, [...KINDS.keys()])}`);
    const list = isList(ids) ? ids : [ids];
    if (list.length === 0) throw new Problem(inner, 'names no principal');
    list.forEach((id, index) => {
      const where = isList(ids) ? at(inner, index) : inner;
      const principal = { kind, id: readId(kind, id, where, partition) };
      found.set(`${kind} ${principal.id}`, principal);
    });
  }
  if (found.size === 0) throw new Problem(place, 'names no principal');
  return [...found.values()];
}

function readId(kind: PrincipalKind, id: Json, place: string, partition: string): string {
  if (typeof id !== 'string') throw new Problem(place, 'expected text');
  if (id === '*') return id;
  if (/[*?]/.test(id)) throw new Problem(place, 'a principal can contain no wildcard, only be `*` as a whole');
  const text = kind === 'AWS' ? withRootArn(id, partition) : id;
  if (!isId(kind, text)) throw new Problem(place, `${JSON.stringify(id)} is not a principal of type ${kind}`);
  return text;
}

function isId(kind: PrincipalKind, id: string): boolean {
  switch (kind) {
    case 'AWS':
      return AWS_ARN.test(id) || isUniqueId(id);
    case 'Service':
      return SERVICE.test(id);
    case 'Federated':
      return FEDERATED.test(id);
    case 'CanonicalUser':
      return CANONICAL.test(id);
  }
}
