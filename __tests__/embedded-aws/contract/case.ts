import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';

/** A sequence of calls that every server of AWS's protocol has to answer alike. */
export interface Case {
  readonly name: string;
  readonly run: (at: Place) => Promise<unknown>;
  /** What `run` gives according to AWS's documentation, account and unique ids replaced as in `normalise`. */
  readonly is: unknown;
  /** Where moto does otherwise: what it gives, and the documentation that decides for the embedded AWS. */
  readonly differs?: { readonly moto: unknown; readonly why: string; readonly doc: string };
}

/** An account of its own for every case. */
export interface Place {
  readonly account: string;
  readonly iam: IAM;
  readonly sts: STS;
  /** Administrator of another account of this case. */
  readonly other: { readonly account: string; readonly iam: IAM };
  /** Clients with credentials in place of the administrator's header. */
  as(credentials: Keys): { readonly iam: IAM; readonly sts: STS };
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const NOBODY: Keys = { accessKeyId: 'administrator', secretAccessKey: 'none' };

export function placeOn(endpoint: string, index: number): Place {
  const account = String(700_000_000_000 + index);
  const otherAccount = String(800_000_000_000 + index);
  return {
    account,
    ...adminOf(endpoint, account),
    other: { account: otherAccount, iam: adminOf(endpoint, otherAccount).iam },
    as: (keys) => clientsOf(endpoint, keys),
  };
}

function clientsOf(endpoint: string, credentials: Keys): { iam: IAM; sts: STS } {
  const settings = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  return { iam: new IAM(settings), sts: new STS(settings) };
}

function adminOf(endpoint: string, account: string): { iam: IAM; sts: STS } {
  const clients = clientsOf(endpoint, NOBODY);
  const stamped = <A extends { request: unknown }>(args: A): A => {
    if (hasHeaders(args.request)) args.request.headers['x-moto-account-id'] = account;
    return args;
  };
  const step = { step: 'build' } as const;
  clients.iam.middlewareStack.add((next) => (args) => next(stamped(args)), step);
  clients.sts.middlewareStack.add((next) => (args) => next(stamped(args)), step);
  return clients;
}

function hasHeaders(request: unknown): request is { headers: Record<string, string> } {
  return typeof request === 'object' && request !== null && 'headers' in request;
}

/** A refusal as data: code on the wire and HTTP status. What goes well is `'ok'`. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return `${codeOf(error)} ${statusOf(error)}`;
  }
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'Code' in error) return String(error.Code);
  return error instanceof Error ? error.name : String(error);
}

function statusOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
}

const IDS = new Set(['UserId', 'GroupId', 'RoleId', 'PolicyId']);

/** The account becomes `ACCOUNT`, the other one `OTHER`, the field of a unique id `ID`, an id elsewhere its prefix with a star, a time `TIME`. */
export function normalise(value: unknown, { account, other }: Place): unknown {
  const text = JSON.stringify(value ?? null, (key, item: unknown) => {
    if (key === '$metadata') return undefined;
    return IDS.has(key) ? 'ID' : item;
  });
  return JSON.parse(
    text
      .replaceAll(account, 'ACCOUNT')
      .replaceAll(other.account, 'OTHER')
      .replace(/\b(AIDA|AROA|AGPA|ANPA|AKIA|ASIA|APKA|ACCA)[A-Z0-9]{16,17}\b/g, '$1*')
      .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"TIME"'),
  );
}

export const EC2_FULL = 'arn:aws:iam::aws:policy/AmazonEC2FullAccess';
export const ROUTE53_FULL = 'arn:aws:iam::aws:policy/AmazonRoute53FullAccess';

export function allow(action: string, resource = '*'): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });
}

export function trust(principal: unknown, condition?: unknown): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
