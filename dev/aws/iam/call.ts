import type { Account } from '../accounts/account.ts';
import type { Cloud } from '../accounts/cloud.ts';
import type { EntityOf, Kind } from '../accounts/entities.ts';
import type { Table } from '../accounts/table.ts';
import type { Caller } from '../authorization/caller.ts';
import { noSuchEntity } from '../protocol/errors.ts';
import type { Params } from '../protocol/query.ts';
import type { OrganizationsSettings } from '../settings.ts';

/** One request to IAM or STS on its way through the model. */
export interface Call {
  readonly action: string;
  readonly params: Params;
  readonly cloud: Cloud;
  readonly account: Account;
  readonly caller: Caller;
  /** Of the endpoint that was called. */
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The moment as of which entities are read; `Infinity` for the newest. */
  readonly readAt: number;
  /** The moment as of which a write looks for what it changes. */
  readonly writeAt: number;
  /** When readers begin to see what this call writes. */
  readonly shownFrom: number;
  /** Until when a trust policy that this call writes shows its principals as unique ids. */
  readonly principalsSettleAt: number;
  /** Maximum number of items on a page, whatever the client asks for. */
  readonly pageSize: number;
  /** Seconds that sessions live, whatever was asked for. */
  readonly sessionSeconds: number | undefined;
  readonly organizations: OrganizationsSettings;
}

/** How IAM or STS answers to one action. */
export interface Action {
  /** ARN (or `*`) that an identity policy must name. Without it, the action allows everybody, or checks the caller itself. */
  readonly resource?: (call: Call) => string;
  /** Values of the action's own condition keys, by lower-case key. */
  readonly context?: (call: Call) => readonly (readonly [string, string])[];
  /** Other IAM actions that the call needs on the same resource. */
  readonly besides?: (call: Call) => readonly string[];
  /** Content of the result element; `undefined` for actions that return nothing. Throws `AwsError`. */
  readonly run: (call: Call) => string | undefined;
}

export type Actions = Readonly<Record<string, Action>>;

function table<K extends Kind>(call: Call, kind: K): Table<EntityOf[K]> {
  // Indexing by a type parameter does not narrow the record of tables, although the types of its members say exactly this.
  const tables: { readonly [P in Kind]: Table<EntityOf[P]> } = call.account.tables;
  return tables[kind];
}

export function missing(kind: Kind, name: string): Error {
  return noSuchEntity(`The ${kind.toLowerCase()} with name ${name} cannot be found.`);
}

/** The entity as a read call sees it. Throws `NoSuchEntity`. */
export function seen<K extends Kind>(call: Call, kind: K, name: string): EntityOf[K] {
  const entity = table(call, kind).seen(name, call.readAt);
  if (entity === undefined) throw missing(kind, name);
  return entity;
}

/** The entity as a write call finds it. Throws `NoSuchEntity`. */
export function existing<K extends Kind>(call: Call, kind: K, name: string): EntityOf[K] {
  const entities = table(call, kind);
  const entity = entities.newest(name);
  if (entity === undefined || entities.seen(name, call.writeAt) === undefined) throw missing(kind, name);
  return entity;
}

export function store<K extends Kind>(call: Call, kind: K, entity: EntityOf[K]): void {
  table(call, kind).put(entity, call.shownFrom, call.now);
}

export function isTaken(call: Call, kind: Kind, name: string): boolean {
  return table(call, kind).taken(name);
}

export function count(call: Call, kind: Kind): number {
  return table(call, kind).all(Number.POSITIVE_INFINITY).length;
}

export function discard<K extends Kind>(call: Call, kind: K, entity: EntityOf[K]): void {
  table(call, kind).remove(entity.name, call.shownFrom, call.now);
}

/** ARN of an entity that a call names; if it does not exist, the ARN that it would have at the path in the call. */
export function arnOf(kind: Kind): (call: Call) => string {
  return (call) => {
    const name = call.params.text(`${kind}Name`) ?? (kind === 'User' ? (call.caller.userName ?? '') : '');
    return (
      table(call, kind).newest(name)?.arn ??
      call.cloud.iamArn(call.account.id, `${kind.toLowerCase()}${call.params.text('Path') ?? '/'}${name}`)
    );
  };
}

/**
 * Value of iam:PermissionsBoundary: the boundary that the call sets, else the one that the user or role has.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function boundaryContext(kind: Kind): (call: Call) => [string, string][] {
  return (call) => {
    if (kind === 'Group') return [];
    const isNew = call.action.startsWith('Create');
    const there = isNew ? undefined : table(call, kind).newest(call.params.text(`${kind}Name`) ?? '')?.boundary;
    const boundary = call.params.text('PermissionsBoundary') ?? there;
    return boundary === undefined ? [] : [['iam:permissionsboundary', boundary]];
  };
}

/** The user that a call names, else the caller itself. */
export function userName(call: Call): string {
  return call.params.text('UserName') ?? call.caller.userName ?? call.params.required('UserName');
}
