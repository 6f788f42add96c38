/** An organization that moto holds. moto makes the ids of units and accounts. */
export interface MotoOrganization {
  readonly root: string;
  /** Makes a unit below the root, or below another unit. @returns its id */
  unit(name: string, parent?: string): Promise<string>;
  /** Makes an active account in a unit. @returns its id */
  account(name: string, unit: string): Promise<string>;
  /** The account is then suspended. */
  close(account: string): Promise<void>;
  /** The account is then outside. */
  remove(account: string): Promise<void>;
  move(account: string, from: string, to: string): Promise<void>;
}

/** @param url moto's @param management account in which the organization is made */
export async function motoOrganization(url: string, management: string): Promise<MotoOrganization> {
  const call = async (action: string, input: object): Promise<string> => {
    const headers = {
      authorization:
        'AWS4-HMAC-SHA256 Credential=seeding/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=none',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSOrganizationsV20161128.${action}`,
      'x-moto-account-id': management,
    };
    const response = await fetch(`${url}/`, { method: 'POST', headers, body: JSON.stringify(input) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action} was answered with ${response.status}: ${text}`);
    return text;
  };
  await call('CreateOrganization', { FeatureSet: 'ALL' });
  const root = valueIn(await call('ListRoots', {}), /"Id": ?"(r-\w+)"/);
  return {
    root,
    unit: async (Name, parent = root) =>
      valueIn(await call('CreateOrganizationalUnit', { ParentId: parent, Name }), /"Id": ?"(ou-[\w-]+)"/),
    async account(AccountName, unit) {
      const made = await call('CreateAccount', { AccountName, Email: `${AccountName}@example.com` });
      const account = valueIn(made, /"AccountId": ?"(\d{12})"/);
      if (unit !== root) await call('MoveAccount', { AccountId: account, SourceParentId: root, DestinationParentId: unit });
      return account;
    },
    close: async (AccountId) => void (await call('CloseAccount', { AccountId })),
    remove: async (AccountId) => void (await call('RemoveAccountFromOrganization', { AccountId })),
    move: async (AccountId, SourceParentId, DestinationParentId) =>
      void (await call('MoveAccount', { AccountId, SourceParentId, DestinationParentId })),
  };
}

function valueIn(text: string, form: RegExp): string {
  const [, value] = form.exec(text) ?? [];
  if (value === undefined) throw new Error(`No id in ${text}`);
  return value;
}
