import { IAMClient } from '@aws-sdk/client-iam';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { type ParamInput, Params } from './protocol/query.ts';
import { readXml, textOf, type XmlNode } from './protocol/read-xml.ts';
import { VERSION } from './protocol/xml.ts';

/** What signs a call. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** `code` is empty if the call succeeded. */
export interface SignedAnswer {
  readonly status: number;
  readonly code: string;
  readonly xml: XmlNode;
}

export type SignedCall = (service: 'iam' | 'sts', action: string, input: ParamInput) => Promise<SignedAnswer>;

/** Makes calls by name with a correct signature, which moto checks when its authorization is on. */
export function signedClient(endpoint: string, credentials: SigningKey): SignedCall {
  const { protocol, hostname, port, host } = new URL(endpoint);
  return async (service, action, input) => {
    const body = Params.from({ Action: action, Version: VERSION[service], ...input }).toString();
    const headers = { host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const request = new HttpRequest({ method: 'POST', protocol, hostname, port: Number(port), path: '/', headers, body });
    const signer = new SignatureV4({ service, credentials, region: 'us-east-1', sha256: new IAMClient({}).config.sha256 });
    const signed = await signer.sign(request);
    const response = await fetch(`${endpoint}/`, { method: 'POST', headers: signed.headers, body });
    const xml = readXml(await response.text());
    return { status: response.status, code: textOf(xml, 'Code') ?? '', xml };
  };
}

/** Assumes a role, and returns its credentials. @throws {Error} if AWS refuses */
export async function assumedBy(call: SignedCall, RoleArn: string, more: ParamInput = {}): Promise<SigningKey> {
  const { status, code, xml } = await call('sts', 'AssumeRole', { RoleArn, RoleSessionName: 'drift-test', ...more });
  if (status !== 200) throw new Error(`AssumeRole on ${RoleArn} was answered with ${status} ${code}`);
  return sessionIn(xml);
}

export function sessionIn(xml: XmlNode): SigningKey {
  return {
    accessKeyId: textOf(xml, 'AccessKeyId') ?? '',
    secretAccessKey: textOf(xml, 'SecretAccessKey') ?? '',
    sessionToken: textOf(xml, 'SessionToken') ?? '',
  };
}
