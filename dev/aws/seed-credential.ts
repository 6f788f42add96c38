import type { CredentialKind } from './accounts/entities.ts';
import type { CredentialEstate, KeyStatus } from './estate.ts';
import type { ParamInput } from './protocol/query.ts';
import { membersOf, readXml, textOf } from './protocol/read-xml.ts';

export const SSH_PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO/GEnupOExFyYByDNa0GC7/G4x1VjDKJ01mWnpLp+JR seeded';

/** Self-signed; nobody has its private key. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUFRQJU8IzeGfX2NMq/Gk6b5oBTswwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGc2VlZGVkMCAXDTI2MTEzMDIxNDIxNFoYDzIxMjYxMTA2MjE0
MjE0WjARMQ8wDQYDVQQDDAZzZWVkZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AATifBEcpF1XD1QFm8QldZmUMjtOlzPD/k8ToTCmrcJiCfPBLa1Tvvn2YB2EmuHP
D7DnMN1vBieskUfbnnMPM0EBo1MwUTAdBgNVHQ4EFgQU6Cz8kDV6gGjQpg5yB9dB
FC7jYQgwHwYDVR0jBBgwFoAU6Cz8kDV6gGjQpg5yB9dBFC7jYQgwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA3FnFXFH3CNU/SyIlvBZJeGIah17Z
zVMELsXIJG55K9UCICuGHblojsRaURXQxWp47P0Yd8H76n6IxtIAUiX3xzyz
-----END CERTIFICATE-----
`;

interface Calls {
  readonly create: string;
  readonly input: Readonly<Record<string, string>>;
  readonly update: string;
  /** The parameter, and the element, that holds the id. */
  readonly id: string;
}

const CALLS: Readonly<Record<CredentialKind, Calls>> = {
  'ssh-public-key': {
    create: 'UploadSSHPublicKey',
    input: { SSHPublicKeyBody: SSH_PUBLIC_KEY },
    update: 'UpdateSSHPublicKey',
    id: 'SSHPublicKeyId',
  },
  'signing-certificate': {
    create: 'UploadSigningCertificate',
    input: { CertificateBody: CERTIFICATE },
    update: 'UpdateSigningCertificate',
    id: 'CertificateId',
  },
  'service-specific': {
    create: 'CreateServiceSpecificCredential',
    input: { ServiceName: 'codecommit.amazonaws.com' },
    update: 'UpdateServiceSpecificCredential',
    id: 'ServiceSpecificCredentialId',
  },
};

/** Gives a user an SSH public key, a signing certificate or a service-specific credential. */
export async function seedCredential(
  UserName: string,
  { kind, status }: CredentialEstate,
  call: (action: string, input: ParamInput) => Promise<string>,
): Promise<void> {
  const { create, input, update, id } = CALLS[kind];
  const answer = readXml(await call(create, { UserName, ...input }));
  if (status === 'Inactive') await call(update, { UserName, [id]: textOf(answer, id) ?? '', Status: status });
}

/** Makes all SSH public keys of a user active or not. */
export async function updateSshKeys(
  UserName: string,
  Status: KeyStatus,
  call: (action: string, input: ParamInput) => Promise<string>,
): Promise<void> {
  for (const key of membersOf(readXml(await call('ListSSHPublicKeys', { UserName })), 'SSHPublicKeys'))
    await call('UpdateSSHPublicKey', { UserName, SSHPublicKeyId: textOf(key, 'SSHPublicKeyId') ?? '', Status });
}
