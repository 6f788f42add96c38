import { type ParamInput, Params } from '../../dev/aws/protocol/query.ts';
import { readXml, textOf, type XmlNode } from '../../dev/aws/protocol/read-xml.ts';
import type { EmbeddedAws } from '../../dev/aws/server.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly token?: string;
}

/** `code` is empty where all went well. */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly xml: XmlNode;
}

/** A call over bare HTTP, as any client makes it; without keys it is not signed. */
export async function ask(
  aws: { readonly url: string },
  service: 'iam' | 'sts',
  action: string,
  input: ParamInput = {},
  keys?: Keys,
): Promise<Answer> {
  const signed = {
    authorization: `AWS4-HMAC-SHA256 Credential=${keys?.accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
  };
  const response = await fetch(aws.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(keys === undefined ? {} : signed),
      ...(keys?.token === undefined ? {} : { 'x-amz-security-token': keys.token }),
    },
    body: Params.from({ Action: action, Version: service === 'iam' ? '2010-05-08' : '2011-06-15', ...input }).toString(),
  });
  const xml = readXml(await response.text());
  return { status: response.status, code: textOf(xml, 'Code') ?? '', message: textOf(xml, 'Message') ?? '', xml };
}

/** A user with a key and these inline policies, made from the inside. */
export function userWithKey(aws: EmbeddedAws, account: string, ...policies: readonly object[]): Keys {
  const admin = aws.account(account);
  admin.call('CreateUser', { UserName: 'caller' });
  for (const [index, document] of policies.entries()) {
    admin.call('PutUserPolicy', { UserName: 'caller', PolicyName: `p${index}`, PolicyDocument: JSON.stringify(document) });
  }
  admin.call('CreateAccessKey', { UserName: 'caller' });
  return { accessKeyId: admin.user('caller')?.keys[0]?.id ?? '' };
}

/** Credentials of an assumed role. Throws with AWS's answer where it is refused. */
export async function assume(aws: EmbeddedAws, roleArn: string, keys: Keys, more: ParamInput = {}): Promise<Keys> {
  const answer = await ask(aws, 'sts', 'AssumeRole', { RoleArn: roleArn, RoleSessionName: 'audit', ...more }, keys);
  if (answer.status !== 200) throw new Error(`${answer.code}: ${answer.message}`);
  return { accessKeyId: textOf(answer.xml, 'AccessKeyId') ?? '', token: textOf(answer.xml, 'SessionToken') ?? '' };
}

export function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

export function allow(action: string | readonly string[], resource: string | readonly string[] = '*', more: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export function deny(action: string, resource = '*', more: object = {}): object {
  return { Effect: 'Deny', Action: action, Resource: resource, ...more };
}

/** Text of a trust in these principals. */
export function trust(aws: string | readonly string[], more: object = {}): string {
  return JSON.stringify(policy({ Effect: 'Allow', Principal: { AWS: aws }, Action: 'sts:AssumeRole', ...more }));
}
