import { accountIn, type Estate, groupIn, roleIn, userIn, withDrift } from './estate.ts';

const allow = (action: string, resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

/** What a desired-state file that states every optional part asks for beyond the guide. Policies are AWS's own, by name. */
export const STATED = {
  boundary: 'PowerUserAccess',
  user: {
    inlinePolicies: [
      { name: 'read-zones', document: allow('route53:ListHostedZones') },
      // A way in that Micetro can't discover, so that a grant that is missing leaves one that is indirect.
      { name: 'assume-anywhere', document: allow('sts:AssumeRole', 'arn:*:iam::*:role/Micetro') },
    ],
    maxKeyAgeDays: 90,
  },
  group: {
    managedPolicies: ['AmazonRoute53ReadOnlyAccess'],
    inlinePolicies: [{ name: 'read-networks', document: allow('ec2:DescribeVpcs') }],
  },
  role: {
    inlinePolicies: [{ name: 'tag-networks', document: allow('ec2:CreateTags') }],
    maxSessionDuration: 7_200,
    description: 'DNS and networks for Micetro',
    tags: [
      { key: 'team', value: 'ddi' },
      { key: 'tier', value: 'prod' },
    ],
  },
};

/** An estate of the guide with all that `STATED` asks for. The guide's group is the one whose parts are stated. */
export function stateEverything(
  estate: Estate,
  { hub, user, group, roleName, userBoundary }: { hub: string; user: string; group: string; roleName: string; userBoundary: boolean },
): Estate {
  const awsPolicy = (name: string) => `arn:${estate.partition}:iam::aws:policy/${name}`;
  return withDrift(estate, (draft) => {
    const hubUser = userIn(draft, hub, user);
    hubUser.inlinePolicies.push(...STATED.user.inlinePolicies);
    if (userBoundary) hubUser.boundary = awsPolicy(STATED.boundary);
    const hubGroup = groupIn(draft, hub, group);
    hubGroup.managedPolicies.push(...STATED.group.managedPolicies.map(awsPolicy));
    hubGroup.inlinePolicies.push(...STATED.group.inlinePolicies);
    for (const { id } of draft.accounts.filter((account) => account !== accountIn(draft, hub))) {
      const role = roleIn(draft, id, roleName);
      const { inlinePolicies, maxSessionDuration, description, tags } = structuredClone(STATED.role);
      Object.assign(role, { boundary: awsPolicy(STATED.boundary), inlinePolicies, maxSessionDuration, description, tags });
    }
  });
}
