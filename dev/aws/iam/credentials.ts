import type { Credential, CredentialKind, User } from '../accounts/entities.ts';
import { certificateId, secret, timestamp, uniqueId } from '../accounts/ids.ts';
import { checkQuota } from '../accounts/quotas.ts';
import { AwsError, noSuchEntity } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Actions, arnOf, type Call, existing, seen, store, userName } from './call.ts';
import { page } from './page.ts';

const resource = arnOf('User');

export const credentialActions: Actions = {
  ListSSHPublicKeys: { resource, run: (call) => listed(call, 'ssh-public-key', 'SSHPublicKeys') },
  UploadSSHPublicKey: { resource, run: uploadSshPublicKey },
  UpdateSSHPublicKey: { resource, run: (call) => update(call, call.params.required('SSHPublicKeyId')) },
  ListSigningCertificates: { resource, run: (call) => listed(call, 'signing-certificate', 'Certificates') },
  UploadSigningCertificate: { resource, run: uploadSigningCertificate },
  UpdateSigningCertificate: { resource, run: (call) => update(call, call.params.required('CertificateId')) },
  ListServiceSpecificCredentials: { resource, run: (call) => listed(call, 'service-specific', 'ServiceSpecificCredentials') },
  CreateServiceSpecificCredential: { resource, run: createServiceSpecificCredential },
  UpdateServiceSpecificCredential: { resource, run: (call) => update(call, call.params.required('ServiceSpecificCredentialId')) },
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html */
const SERVICES: readonly string[] = ['codecommit.amazonaws.com', 'cassandra.amazonaws.com', 'bedrock.amazonaws.com'];

/** What lists show of a credential: a list of SSH public keys does not hold the keys. */
function xmlOf({ account }: Call, user: User, { kind, id, active, createdAt, body }: Credential): string {
  const common = element('UserName', user.name) + element('Status', active ? 'Active' : 'Inactive');
  switch (kind) {
    case 'ssh-public-key':
      return common + element('SSHPublicKeyId', id) + element('UploadDate', createdAt);
    case 'signing-certificate':
      return common + element('CertificateId', id) + element('CertificateBody', body) + element('UploadDate', createdAt);
    case 'service-specific':
      return (
        common +
        element('ServiceSpecificCredentialId', id) +
        element('ServiceName', body) +
        element('ServiceUserName', `${user.name}-at-${account.id}`) +
        element('CreateDate', createdAt)
      );
  }
}

function listed(call: Call, kind: CredentialKind, list: string): string {
  const user = seen(call, 'User', userName(call));
  const { items, xml } = page(
    call,
    user.credentials.filter((credential) => credential.kind === kind),
  );
  return `<${list}>${items.map((credential) => `<member>${xmlOf(call, user, credential)}</member>`).join('')}</${list}>${xml}`;
}

function uploadSshPublicKey(call: Call): string {
  const body = call.params.required('SSHPublicKeyBody');
  if (!/^ssh-\w+ |^-----BEGIN (RSA )?PUBLIC KEY-----/.test(body)) throw new AwsError('InvalidPublicKey', 400, 'The public key is invalid.');
  const xml = add(call, 'ssh-public-key', { body, id: uniqueId('APKA') }, [
    'SSHPublicKeysPerUser',
    call.account.quotas.sshPublicKeysPerUser,
  ]);
  return `<SSHPublicKey>${xml}${element('Fingerprint', 'aa:bb')}${element('SSHPublicKeyBody', body)}</SSHPublicKey>`;
}

function uploadSigningCertificate(call: Call): string {
  const body = call.params.required('CertificateBody');
  if (!body.startsWith('-----BEGIN CERTIFICATE-----')) throw new AwsError('MalformedCertificate', 400, 'The certificate is malformed.');
  const quota = ['CertificatesPerUser', call.account.quotas.signingCertificatesPerUser] as const;
  return `<Certificate>${add(call, 'signing-certificate', { body, id: certificateId() }, quota)}</Certificate>`;
}

function createServiceSpecificCredential(call: Call): string {
  const body = call.params.required('ServiceName');
  if (!SERVICES.includes(body)) throw new AwsError('NotSupportedService', 404, `The service ${body} is not supported.`);
  const quota = ['ServiceSpecificCredentialsPerUser', call.account.quotas.credentialsPerUserAndService] as const;
  const xml = add(call, 'service-specific', { body, id: uniqueId('ACCA') }, quota);
  return `<ServiceSpecificCredential>${xml}${element('ServicePassword', secret(32))}</ServiceSpecificCredential>`;
}

/** @param quota its name, and how many a user may have: of a service-specific credential, for each service */
function add(
  call: Call,
  kind: CredentialKind,
  { id, body }: Pick<Credential, 'id' | 'body'>,
  [quota, most]: readonly [string, number],
): string {
  const user = existing(call, 'User', userName(call));
  const alike = user.credentials.filter((other) => other.kind === kind && (kind !== 'service-specific' || other.body === body));
  checkQuota(alike.length + 1, most, quota);
  const credential: Credential = { kind, id, active: true, createdAt: timestamp(call.now), body };
  store(call, 'User', { ...user, credentials: [...user.credentials, credential] });
  return xmlOf(call, user, credential);
}

function update(call: Call, id: string): undefined {
  const user = existing(call, 'User', userName(call));
  if (!user.credentials.some((credential) => credential.id === id)) throw noSuchEntity(`The credential with id ${id} cannot be found.`);
  const active = call.params.required('Status') === 'Active';
  const credentials = user.credentials.map((credential) => (credential.id === id ? { ...credential, active } : credential));
  store(call, 'User', { ...user, credentials });
  return undefined;
}
