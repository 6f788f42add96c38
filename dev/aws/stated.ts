import { accountIn, type Estate, groupIn, roleIn, userIn, withDrift } from './estate.ts';

const allow = (action: string, resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

/** What a desired-state file with every optional part requires beyond the guide. Policies are AWS's own, by name. */
export const STATED = {
  boundary: 'PowerUserAccess',
  user: {
    inlinePolicies: [
      { name: 'read-zones', document: allow('route53:ListHostedZones') },
      // Access that Micetro can't discover, so that indirect access remains where a grant is missing.
      { name: 'assume-anywhere', document: allow('sts:AssumeRole', 'arn:*:iam::*:role/Micetro') },
    ],
    maxKeyAgeDays: 90,
  },
  /** A role of the hub that may assume every role. */
  caller: { name: 'Admin', managedPolicies: ['AdministratorAccess'] },
  group: {
    managedPolicies: ['AmazonRoute53ReadOnlyAccess'],
    inlinePolicies: [{ name: 'read-networks', document: allow('ec2:DescribeVpcs') }],
  },
  role: {
    /** A managed policy of the target's own. */
    policy: { name: 'micetro-zones', document: allow('route53:ListHostedZones') },
    inlinePolicies: [{ name: 'tag-networks', document: allow('ec2:CreateTags') }],
    maxSessionDuration: 7_200,
    description: 'DNS and networks for Micetro',
    tags: [
      { key: 'team', value: 'ddi' },
      { key: 'tier', value: 'prod' },
    ],
  },
};

/** A role that is a target. */
export interface TargetRole {
  readonly account: string;
  readonly roleName: string;
}

interface StatedParts {
  readonly hub: string;
  readonly user: string;
  readonly group: string;
  readonly granted: readonly TargetRole[];
  readonly userBoundary: boolean;
}

/** An estate of the guide with everything in `STATED`. The group whose parts are stated is the guide's. */
export function stateEverything(estate: Estate, { hub, user, group, granted, userBoundary }: StatedParts): Estate {
  const awsPolicy = (name: string) => `arn:${estate.partition}:iam::aws:policy/${name}`;
  return withDrift(estate, (draft) => {
    const hubUser = userIn(draft, hub, user);
    hubUser.inlinePolicies.push(...STATED.user.inlinePolicies);
    if (userBoundary) hubUser.boundary = awsPolicy(STATED.boundary);
    const hubGroup = groupIn(draft, hub, group);
    hubGroup.managedPolicies.push(...STATED.group.managedPolicies.map(awsPolicy));
    hubGroup.inlinePolicies.push(...STATED.group.inlinePolicies);
    const { name, managedPolicies } = STATED.caller;
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:${estate.partition}:iam::${hub}:root` }, Action: 'sts:AssumeRole' }],
    };
    accountIn(draft, hub).roles.push({ name, trust, managedPolicies: managedPolicies.map(awsPolicy), inlinePolicies: [] });
    for (const id of new Set(granted.map(({ account }) => account)))
      accountIn(draft, id).policies.push(structuredClone(STATED.role.policy));
    for (const { account: id, roleName } of granted) {
      const role = roleIn(draft, id, roleName);
      const { policy, inlinePolicies, maxSessionDuration, description, tags } = structuredClone(STATED.role);
      role.managedPolicies.push(`arn:${estate.partition}:iam::${id}:policy/${policy.name}`);
      Object.assign(role, { boundary: awsPolicy(STATED.boundary), inlinePolicies, maxSessionDuration, description, tags });
    }
  });
}
