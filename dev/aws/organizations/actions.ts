import type { Action, Actions, Call } from '../iam/call.ts';
import { AwsError } from '../protocol/errors.ts';
import type { MemberEstate, Organization } from './organization.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
const LARGEST_PAGE = 20;

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html: lists of accounts take no resource
const onAnything = () => '*';

const listAccounts: Action = {
  resource: onAnything,
  run: (call) => {
    const organization = organizationOf(call);
    return page(call, 'Accounts', organization.accounts() ?? [], (account) => accountJson(call, organization, account));
  },
};

const listAccountsForParent: Action = {
  resource: onAnything,
  run: (call) => {
    const organization = organizationOf(call);
    const accounts = existing(organization.accounts(call.params.required('ParentId')));
    return page(call, 'Accounts', accounts, (account) => accountJson(call, organization, account));
  },
};

const listOrganizationalUnitsForParent: Action = {
  resource: onAnything,
  run: (call) => {
    const organization = organizationOf(call);
    const units = existing(organization.units(call.params.required('ParentId')));
    const json = (id: string) => ({ Id: id, Arn: organization.arnOf(call.cloud.partition, 'ou', id), Name: id });
    return page(call, 'OrganizationalUnits', units, json);
  },
};

export const organizationsActions: Actions = {
  ListAccounts: listAccounts,
  ListAccountsForParent: listAccountsForParent,
  ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
};

/** Only the management account and delegated administrators get an answer. */
function organizationOf({ cloud, account }: Call): Organization {
  const { organization } = cloud;
  if (organization?.has(account.id) !== true)
    throw new AwsError('AWSOrganizationsNotInUseException', 400, 'Your account is not a member of an organization.');
  if (!organization.mayBeReadBy(account.id))
    throw new AwsError('AccessDeniedException', 400, "You don't have permissions to access this resource.");
  return organization;
}

function existing<T>(items: readonly T[] | undefined): readonly T[] {
  if (items !== undefined) return items;
  throw new AwsError('ParentNotFoundException', 400, "We can't find a root or OU with the ParentId that you specified.");
}

function accountJson({ cloud, organizations }: Call, organization: Organization, member: MemberEstate): object {
  const { id, name = id, state = 'ACTIVE' } = member;
  return {
    Id: id,
    Arn: organization.arnOf(cloud.partition, 'account', id),
    Email: `${id}@example.com`,
    Name: name,
    ...(organizations.accountStates === 'retired' ? { Status: state === 'CLOSED' ? 'SUSPENDED' : state } : { State: state }),
    ...(organizations.accountPaths ? { Paths: [organization.pathOf(member)] } : {}),
    JoinedMethod: 'CREATED',
    JoinedTimestamp: 1_700_000_000,
  };
}

/** A page of a list. With `emptyPages` an empty one comes before each. */
function page<T>(call: Call, list: string, items: readonly T[], json: (item: T) => object): string {
  const asked = Number(call.params.text('MaxResults') ?? LARGEST_PAGE);
  if (!Number.isInteger(asked) || asked < 1 || asked > LARGEST_PAGE)
    throw new AwsError('InvalidInputException', 400, 'You specified an invalid value for MaxResults.');
  const { at, isEmpty } = readToken(call);
  const size = isEmpty ? 0 : Math.min(asked, call.pageSize);
  const next = at + size;
  const goesOn = next < items.length;
  const token = { at: next, isEmpty: call.organizations.emptyPages && !isEmpty };
  return JSON.stringify({
    [list]: items.slice(at, next).map(json),
    ...(goesOn || isEmpty ? { NextToken: Buffer.from(JSON.stringify(token)).toString('base64') } : {}),
  });
}

function readToken({ params, organizations }: Call): { readonly at: number; readonly isEmpty: boolean } {
  const token = params.text('NextToken');
  if (token === undefined) return { at: 0, isEmpty: organizations.emptyPages };
  const [, at, isEmpty] = /^\{"at":(\d+),"isEmpty":(true|false)\}$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (at === undefined) throw new AwsError('InvalidInputException', 400, 'You specified an invalid NextToken.');
  return { at: Number(at), isEmpty: isEmpty === 'true' };
}
