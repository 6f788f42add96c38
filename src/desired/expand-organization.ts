import type { Organization } from '../state/organization.ts';
import type { OrganizationContent } from './schema.ts';
import { ACCOUNT, fits } from './syntax.ts';

/** Which accounts of the organization have to be targets; `undefined` where the file does not state it. */
export function expandOrganization(content: OrganizationContent | undefined): Organization | undefined {
  if (content === undefined) return undefined;
  const { include = [], exclude = [] } = content;
  const isAccount = (id: string) => fits(id, ACCOUNT);
  const units = exclude.filter((id) => !isAccount(id));
  return { scope: { include, exclude: { accounts: exclude.filter(isAccount), units } } };
}
