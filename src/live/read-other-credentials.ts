import { ListServiceSpecificCredentialsCommand, ListSigningCertificatesCommand, ListSSHPublicKeysCommand } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { allPages, type Paged } from '../aws/pages.ts';
import type { Member, OtherCredential, OtherCredentials } from '../state/state.ts';
import type { AccountReader, ReadOutcome } from './account-reader.ts';

/** Reads the credentials of a user beside its access keys and its password: three concurrent calls. */
export async function readOtherCredentials(reader: AccountReader, user: Member): Promise<OtherCredentials> {
  const lists = await Promise.all([
    readSshPublicKeys(reader, user),
    readSigningCertificates(reader, user),
    readServiceSpecific(reader, user),
  ]);
  const listed = lists.flatMap((list) => (list.kind === 'read' ? list.value : []));
  const isPartial = lists.some(({ kind }) => kind === 'failed');
  return { any: listed.some(({ active }) => active), listed, ...(isPartial ? { isPartial } : {}) };
}

type CredentialList = Promise<ReadOutcome<readonly OtherCredential[]>>;

function readSshPublicKeys({ read, session }: AccountReader, { name: UserName, arn }: Member): CredentialList {
  return read('iam:ListSSHPublicKeys', arn, () =>
    listed(
      (Marker) => session.iam(new ListSSHPublicKeysCommand({ UserName, Marker })),
      (page) => page.SSHPublicKeys,
      ({ SSHPublicKeyId, Status, UploadDate }) => ({ type: 'ssh-public-key', id: SSHPublicKeyId, status: Status, at: UploadDate }),
    ),
  );
}

function readSigningCertificates({ read, session }: AccountReader, { name: UserName, arn }: Member): CredentialList {
  return read('iam:ListSigningCertificates', arn, () =>
    listed(
      (Marker) => session.iam(new ListSigningCertificatesCommand({ UserName, Marker })),
      (page) => page.Certificates,
      ({ CertificateId, Status, UploadDate }) => ({ type: 'signing-certificate', id: CertificateId, status: Status, at: UploadDate }),
    ),
  );
}

function readServiceSpecific({ read, session }: AccountReader, { name: UserName, arn }: Member): CredentialList {
  return read('iam:ListServiceSpecificCredentials', arn, () =>
    listed(
      (Marker) => session.iam(new ListServiceSpecificCredentialsCommand({ UserName, Marker })),
      (page) => page.ServiceSpecificCredentials,
      ({ ServiceSpecificCredentialId, Status, CreateDate, ServiceName }) => ({
        type: 'service-specific',
        id: ServiceSpecificCredentialId,
        status: Status,
        at: CreateDate,
        service: ServiceName,
      }),
    ),
  );
}

/** A credential as the lists of IAM name its parts. */
interface Listed {
  readonly type: OtherCredential['type'];
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly at: Date | undefined;
  readonly service?: string | undefined;
}

async function listed<Page extends Paged, Item>(
  fetch: (marker: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  partsOf: (item: Item) => Listed,
): Promise<readonly OtherCredential[]> {
  const items = await allPages(fetch, itemsOf);
  return items.map((item) => {
    const { type, id, status, at, service } = partsOf(item);
    return {
      type,
      id: present(id, 'credential id'),
      service: service ?? null,
      active: status === 'Active',
      createdAt: present(at, 'creation date').toISOString(),
    };
  });
}
