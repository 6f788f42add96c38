import { checkTrustPolicy } from '../authorization/grammar.ts';
import { isObject, parsePolicyJson } from '../authorization/json.ts';
import { type Policy, readPolicy } from '../authorization/statement.ts';
import { encodeRfc3986 } from '../protocol/encoding.ts';
import { malformedPolicy } from '../protocol/errors.ts';
import { readOrNothing, sizeWithoutWhiteSpace } from './document.ts';
import { Principals } from './principals.ts';

/**
 * A role's trust policy. IAM stores users and roles in it by their unique ids, and shows the ARN as long as the principal exists
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export class TrustDocument {
  /** The text with unique ids in place of users' and roles' ARNs. */
  readonly stored: string;
  /** Until this time (milliseconds since the epoch), readers see the unique ids. */
  readonly settlesAt: number;
  readonly size: number;
  #policy: Policy | undefined;
  #shown: { readonly epoch: string; readonly encoded: string } | undefined;

  constructor(stored: string, size: number, settlesAt: number) {
    this.stored = stored;
    this.size = size;
    this.settlesAt = settlesAt;
  }

  /** Its principals are unique ids. */
  get policy(): Policy {
    this.#policy ??= readOrNothing(this.stored);
    return this.#policy;
  }

  encoded(principals: Principals, now: number): string {
    if (now < this.settlesAt) return encodeRfc3986(this.stored);
    const epoch = principals.epoch(now);
    if (this.#shown?.epoch !== epoch) this.#shown = { epoch, encoded: encodeRfc3986(this.text(principals, now)) };
    return this.#shown.encoded;
  }

  /** The policy as a reader sees it at that moment. */
  text(principals: Principals, now: number): string {
    return this.stored.replace(/"(A(?:IDA|ROA)[A-Z0-9]{17})"/g, (quoted, id: string) => {
      const arn = principals.arnOf(id, now);
      return arn === undefined ? quoted : JSON.stringify(arn);
    });
  }
}

/** Where and when a trust policy is written. */
export interface TrustWrite {
  readonly partition: string;
  readonly principals: Principals;
  readonly at: number;
  readonly settlesAt: number;
}

/** Throws `MalformedPolicyDocument` for a document that breaks the grammar or names a principal that does not exist. */
export function writeTrust(text: string, write: TrustWrite): TrustDocument {
  checkTrustPolicy(readPolicy(text));
  const document = parsePolicyJson(text);
  const statements: unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  const stored = statements.map((statement) => {
    if (!isObject(statement) || !isObject(statement.Principal)) throw malformedPolicy(STAR);
    return { ...statement, Principal: storePrincipals(statement.Principal, write) };
  });
  const kept = { ...document, Statement: Array.isArray(document.Statement) ? stored : stored[0] };
  return new TrustDocument(JSON.stringify(kept), sizeWithoutWhiteSpace(text), write.settlesAt);
}

const STAR = 'AssumeRolepolicy contained an invalid principal: "STAR":"*".';
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

function storePrincipals(written: Readonly<Record<string, unknown>>, write: TrustWrite): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).map(([type, named]) => {
      const store = (value: unknown) => storePrincipal(type, String(value), write);
      return [type, Array.isArray(named) ? named.map(store) : store(named)];
    }),
  );
}

function storePrincipal(type: string, value: string, write: TrustWrite): string {
  const stored = type === 'AWS' ? storeAwsPrincipal(value, write) : value;
  const known = type === 'AWS' || type === 'Federated' || (type === 'Service' && SERVICE.test(value));
  if (stored === undefined || !known)
    throw malformedPolicy(`Invalid principal in policy: ${JSON.stringify(type === 'Service' ? 'SERVICE' : type)}:${JSON.stringify(value)}`);
  return stored;
}

/** `undefined` for a principal that does not exist or can't be named in a trust policy. */
function storeAwsPrincipal(value: string, { partition, principals, at }: TrustWrite): string | undefined {
  if (value === '*') return value;
  if (/^\d{12}$/.test(value)) return `arn:${partition}:iam::${value}:root`;
  if (Principals.isUniqueId(value)) return principals.arnOf(value, at) === undefined ? undefined : value;
  const [arn, in_, service, region, account = '', resource = '', ...rest] = value.split(':');
  if (arn !== 'arn' || in_ !== partition || region !== '' || !/^\d{12}$/.test(account) || rest.length > 0) return undefined;
  if (service === 'iam' && resource === 'root') return value;
  if (service === 'iam' && /^(user|role)\//.test(resource)) return principals.idOf(value, at);
  if (service === 'sts' && /^(assumed-role\/[^/*]+\/[^/*]+|federated-user\/[^/*]+)$/.test(resource)) return value;
  return undefined;
}
