import type { Group, ManagedPolicy, OidcProvider, Role, User } from './entities.ts';
import type { Quotas } from './quotas.ts';
import { Table } from './table.ts';

/** What IAM holds for one account. */
export class Account {
  readonly id: string;
  readonly quotas: Quotas;
  readonly tables = { User: new Table<User>(), Group: new Table<Group>(), Role: new Table<Role>() };
  readonly policies = new Table<ManagedPolicy>();
  readonly oidcProviders = new Table<OidcProvider>();

  constructor(id: string, quotas: Quotas) {
    this.id = id;
    this.quotas = quotas;
  }
}
