import { PolicyDocument } from './document.ts';
import type { ManagedPolicy } from './entities.ts';
import { QUARANTINES } from './quarantine.ts';

const ROUTE53_FULL = ['route53:*', 'route53domains:*', 'cloudfront:ListDistributions', 'ec2:DescribeVpcs', 'ec2:DescribeRegions'];

/**
 * Some of AWS's own policies under their real names. Their short documents allow the gist of what the real ones do: enough for authorization in
 * tests, but not a copy. The quarantines are whole.
 */
const POLICIES: readonly {
  readonly name: string;
  readonly path?: string;
  readonly allow: readonly string[];
  readonly except?: readonly string[];
  /** Versions before the default one, which AWS keeps readable, oldest first: the first number, and what each allowed. */
  readonly former?: { readonly from: number; readonly allow: readonly (readonly string[])[] };
}[] = [
  { name: 'AdministratorAccess', allow: ['*'] },
  { name: 'PowerUserAccess', allow: [], except: ['iam:*', 'organizations:*', 'account:*'] },
  { name: 'IAMFullAccess', allow: ['iam:*'] },
  { name: 'IAMReadOnlyAccess', allow: ['iam:Generate*', 'iam:Get*', 'iam:List*', 'iam:Simulate*'] },
  {
    // As AWS did: version 5 allows more than version 4, and versions 6 and 7 say the same as version 5.
    name: 'AmazonRoute53FullAccess',
    allow: [...ROUTE53_FULL, 'tag:GetResources'],
    former: { from: 4, allow: [ROUTE53_FULL, [...ROUTE53_FULL, 'tag:GetResources'], ['tag:GetResources', ...ROUTE53_FULL]] },
  },
  { name: 'AmazonRoute53ReadOnlyAccess', allow: ['route53:Get*', 'route53:List*', 'route53:TestDNSAnswer'] },
  { name: 'AmazonEC2FullAccess', allow: ['ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*'] },
  { name: 'AmazonEC2ReadOnlyAccess', allow: ['ec2:Describe*', 'ec2:Get*', 'elasticloadbalancing:Describe*', 'autoscaling:Describe*'] },
  { name: 'AmazonS3FullAccess', allow: ['s3:*', 's3-object-lambda:*'] },
  { name: 'AmazonS3ReadOnlyAccess', allow: ['s3:Get*', 's3:List*', 's3:Describe*'] },
  {
    name: 'ReadOnlyAccess',
    allow: [
      'iam:Generate*',
      'iam:Get*',
      'iam:List*',
      'sts:GetCallerIdentity',
      'route53:Get*',
      'route53:List*',
      'ec2:Describe*',
      'ec2:Get*',
      's3:Get*',
      's3:List*',
    ],
  },
  {
    name: 'SecurityAudit',
    allow: [
      'iam:GenerateCredentialReport',
      'iam:Get*',
      'iam:List*',
      'ec2:Describe*',
      'route53:Get*',
      'route53:List*',
      's3:GetBucket*',
      's3:ListAllMyBuckets',
    ],
  },
  {
    name: 'ViewOnlyAccess',
    path: '/job-function/',
    allow: ['iam:List*', 'iam:GetAccountSummary', 'ec2:Describe*', 'route53:List*', 's3:ListAllMyBuckets'],
  },
];

const CREATED = '2015-02-06T18:40:00Z';

/** The policies by ARN; `partition` is `aws`, `aws-cn`, `aws-us-gov`, … */
export function awsManagedPolicies(partition: string): Map<string, ManagedPolicy> {
  const allowing = POLICIES.map(({ name, path = '/', allow, except, former }) => {
    const scope = except === undefined ? { Action: allow } : { NotAction: except };
    const all = [...(former?.allow ?? []).map((Action) => ({ Action })), scope];
    return { name, path, from: former?.from ?? 1, versions: all.map((one) => [{ Effect: 'Allow', ...one, Resource: '*' }]) };
  });
  const quarantines = QUARANTINES.map(({ name, statements }) => ({ name, path: '/', from: 1, versions: [statements] }));
  return new Map(
    [...allowing, ...quarantines].map(({ name, path, from, versions: all }, index) => {
      const arn = `arn:${partition}:iam::aws:policy${path}${name}`;
      const id = `ANPA${String(index).padStart(17, 'A')}`;
      const versions = all.map((statements, age) => ({ id: `v${from + age}`, document: documentOf(statements), createdAt: CREATED }));
      const newestVersion = from + all.length - 1;
      const facts = { name, path, id, arn, createdAt: CREATED, updatedAt: CREATED, description: undefined };
      return [arn, { ...facts, defaultVersion: `v${newestVersion}`, newestVersion, versions }];
    }),
  );
}

/** The policy once AWS has given it a new version, which is the default one. */
export function withNextVersion(policy: ManagedPolicy, document: PolicyDocument, createdAt: string): ManagedPolicy {
  const newestVersion = policy.newestVersion + 1;
  const version = { id: `v${newestVersion}`, document, createdAt };
  return { ...policy, updatedAt: createdAt, defaultVersion: version.id, newestVersion, versions: [...policy.versions, version] };
}

function documentOf(statements: unknown): PolicyDocument {
  return PolicyDocument.checked(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}
