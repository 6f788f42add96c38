import { allow, type Case, EC2_FULL, outcome, type Place, ROUTE53_FULL, trust } from './case.ts';

/** Parts of a page that all lists have. */
interface Listed {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/** Follows the markers with one item a page; gives the number of items on each page. */
async function pages<P extends Listed>(
  list: (page: { MaxItems: number; Marker?: string }) => Promise<P>,
  items: (page: P) => readonly unknown[] | undefined,
): Promise<number[]> {
  const sizes: number[] = [];
  for (let marker: string | undefined, more = true; more; ) {
    const page = await list({ MaxItems: 1, ...(marker === undefined ? {} : { Marker: marker }) });
    sizes.push(items(page)?.length ?? 0);
    more = page.IsTruncated ?? false;
    marker = page.Marker;
  }
  return sizes;
}

async function prepare({ iam, account }: Place): Promise<void> {
  const AssumeRolePolicyDocument = trust({ AWS: `arn:aws:iam::${account}:root` });
  for (const name of ['a', 'b']) {
    await iam.createUser({ UserName: name });
    await iam.createGroup({ GroupName: name });
    await iam.createRole({ RoleName: name, AssumeRolePolicyDocument });
    for (const group of name === 'a' ? ['a'] : ['a', 'b']) await iam.addUserToGroup({ GroupName: group, UserName: name });
  }
  for (const PolicyName of ['p', 'q']) {
    const PolicyDocument = allow('ec2:DescribeVpcs');
    await iam.putUserPolicy({ UserName: 'a', PolicyName, PolicyDocument });
    await iam.putGroupPolicy({ GroupName: 'a', PolicyName, PolicyDocument });
    await iam.putRolePolicy({ RoleName: 'a', PolicyName, PolicyDocument });
    await iam.createAccessKey({ UserName: 'a' });
  }
  for (const PolicyArn of [EC2_FULL, ROUTE53_FULL]) {
    await iam.attachUserPolicy({ UserName: 'a', PolicyArn });
    await iam.attachGroupPolicy({ GroupName: 'a', PolicyArn });
    await iam.attachRolePolicy({ RoleName: 'a', PolicyArn });
  }
  await iam.tagRole({
    RoleName: 'a',
    Tags: [
      { Key: 'x', Value: '1' },
      { Key: 'y', Value: '2' },
    ],
  });
}

const LISTS: readonly (readonly [string, (iam: Place['iam']) => Promise<number[]>])[] = [
  [
    'ListUsers',
    (iam) =>
      pages(
        (page) => iam.listUsers(page),
        (page) => page.Users,
      ),
  ],
  [
    'ListGroups',
    (iam) =>
      pages(
        (page) => iam.listGroups(page),
        (page) => page.Groups,
      ),
  ],
  [
    'ListRoles',
    (iam) =>
      pages(
        (page) => iam.listRoles(page),
        (page) => page.Roles,
      ),
  ],
  [
    'GetGroup',
    (iam) =>
      pages(
        (page) => iam.getGroup({ GroupName: 'a', ...page }),
        (page) => page.Users,
      ),
  ],
  [
    'ListGroupsForUser',
    (iam) =>
      pages(
        (page) => iam.listGroupsForUser({ UserName: 'b', ...page }),
        (page) => page.Groups,
      ),
  ],
  [
    'ListAccessKeys',
    (iam) =>
      pages(
        (page) => iam.listAccessKeys({ UserName: 'a', ...page }),
        (page) => page.AccessKeyMetadata,
      ),
  ],
  [
    'ListUserPolicies',
    (iam) =>
      pages(
        (page) => iam.listUserPolicies({ UserName: 'a', ...page }),
        (page) => page.PolicyNames,
      ),
  ],
  [
    'ListGroupPolicies',
    (iam) =>
      pages(
        (page) => iam.listGroupPolicies({ GroupName: 'a', ...page }),
        (page) => page.PolicyNames,
      ),
  ],
  [
    'ListRolePolicies',
    (iam) =>
      pages(
        (page) => iam.listRolePolicies({ RoleName: 'a', ...page }),
        (page) => page.PolicyNames,
      ),
  ],
  [
    'ListAttachedUserPolicies',
    (iam) =>
      pages(
        (page) => iam.listAttachedUserPolicies({ UserName: 'a', ...page }),
        (page) => page.AttachedPolicies,
      ),
  ],
  [
    'ListAttachedGroupPolicies',
    (iam) =>
      pages(
        (page) => iam.listAttachedGroupPolicies({ GroupName: 'a', ...page }),
        (page) => page.AttachedPolicies,
      ),
  ],
  [
    'ListAttachedRolePolicies',
    (iam) =>
      pages(
        (page) => iam.listAttachedRolePolicies({ RoleName: 'a', ...page }),
        (page) => page.AttachedPolicies,
      ),
  ],
  [
    'ListRoleTags',
    (iam) =>
      pages(
        (page) => iam.listRoleTags({ RoleName: 'a', ...page }),
        (page) => page.Tags,
      ),
  ],
];

const UNPAGED = {
  why: 'moto gives most lists whole, and attached policies with an empty last page',
  doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html',
};

export const pageCases: readonly Case[] = [
  ...LISTS.map(
    ([action, read]): Case => ({
      name: `${action} gives pages`,
      run: async (at) => {
        await prepare(at);
        return read(at.iam);
      },
      is: [1, 1],
      ...(action === 'ListRoles' || action === 'ListRoleTags'
        ? {}
        : { differs: { moto: action.startsWith('ListAttached') ? [1, 1, 0] : [2], ...UNPAGED } }),
    }),
  ),
  {
    name: 'a page has from 1 to 1,000 items',
    run: async ({ iam }) => [
      await outcome(iam.listUsers({ MaxItems: 0 })),
      await outcome(iam.listUsers({ MaxItems: 1_000 })),
      await outcome(iam.listUsers({ MaxItems: 1_001 })),
    ],
    is: ['ValidationError 400', 'ok', 'ValidationError 400'],
    differs: { moto: ['ok', 'ok', 'ok'], ...UNPAGED },
  },
  {
    name: 'a list without a page size has a hundred items a page',
    run: async ({ iam }) => {
      for (let index = 0; index < 101; index += 1) await iam.createGroup({ GroupName: `g${index}` });
      const { Groups, IsTruncated } = await iam.listGroups({});
      return [Groups?.length, IsTruncated];
    },
    is: [100, true],
    differs: { moto: [101, null], ...UNPAGED },
  },
];
