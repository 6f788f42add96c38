import type { Names } from './policy.ts';

/** Host of GitHub's OIDC provider. */
export const ISSUER = 'token.actions.githubusercontent.com';

/** The repository whose workflows may assume the hub's roles. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  /** The numbers by which GitHub knows owner and repository; `undefined` if the trust policy should not accept subjects with them. */
  readonly ids: { readonly owner: string; readonly repository: string } | undefined;
}

export interface TrustDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [
    {
      readonly Effect: 'Allow';
      readonly Principal: Readonly<Record<string, string>>;
      readonly Action: 'sts:AssumeRole' | 'sts:AssumeRoleWithWebIdentity';
      readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
    },
  ];
}

/**
 * The subjects that GitHub gives to a job of the repository: with names only, and with immutable ids, for repositories that were created, renamed or moved since
 * 15 July 2026 and those that opted in. A repository has one of the two at a time.
 * https://docs.github.com/actions/reference/openid-connect-reference#immutable-subject-claims
 *
 * @param rest what the job is: `ref:refs/heads/main`, `environment:aws-repair`, `pull_request`
 */
export function subjects({ owner, name, ids }: Repository, ...rest: readonly string[]): string[] {
  const forms = [`${owner}/${name}`, ...(ids === undefined ? [] : [`${owner}@${ids.owner}/${name}@${ids.repository}`])];
  return rest.flatMap((what) => forms.map((form) => `repo:${form}:${what}`));
}

/** Trust policy by which a hub's role trusts the workflows of a repository, through GitHub's OIDC provider. */
export function workflowTrust(
  { partition, hub }: Pick<Names, 'partition' | 'hub'>,
  audience: string,
  subs: readonly string[],
): TrustDocument {
  const Condition = { StringEquals: { [`${ISSUER}:aud`]: audience, [`${ISSUER}:sub`]: subs } };
  const Principal = { Federated: `arn:${partition}:iam::${hub}:oidc-provider/${ISSUER}` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition }] };
}

/** Trust policy by which a target's role trusts a role of the hub. */
export function hubTrust(
  { partition, hub }: Pick<Names, 'partition' | 'hub'>,
  hubRole: string,
  externalId: string | undefined,
): TrustDocument {
  const condition = externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } };
  const Principal = { AWS: `arn:${partition}:iam::${hub}:role/${hubRole}` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...condition }] };
}
