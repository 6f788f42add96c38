import { PolicyDocument } from './document.ts';
import type { ManagedPolicy } from './entities.ts';
import { QUARANTINES } from './quarantine.ts';

/**
 * Some of AWS's own policies under their real names. Their short documents allow the gist of what the real ones do: enough for authorization in
 * tests, but not a copy. The quarantines are whole.
 */
const POLICIES: readonly {
  readonly name: string;
  readonly path?: string;
  readonly allow: readonly string[];
  readonly except?: readonly string[];
}[] = [
  { name: 'AdministratorAccess', allow: ['*'] },
  { name: 'PowerUserAccess', allow: [], except: ['iam:*', 'organizations:*', 'account:*'] },
  { name: 'IAMFullAccess', allow: ['iam:*'] },
  { name: 'IAMReadOnlyAccess', allow: ['iam:Generate*', 'iam:Get*', 'iam:List*', 'iam:Simulate*'] },
  {
    name: 'AmazonRoute53FullAccess',
    allow: ['route53:*', 'route53domains:*', 'cloudfront:ListDistributions', 'ec2:DescribeVpcs', 'ec2:DescribeRegions'],
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
  const allowing = POLICIES.map(({ name, path = '/', allow, except }) => {
    const scope = except === undefined ? { Action: allow } : { NotAction: except };
    return { name, path, statements: [{ Effect: 'Allow', ...scope, Resource: '*' }] };
  });
  const quarantines = QUARANTINES.map((quarantine) => ({ ...quarantine, path: '/' }));
  return new Map(
    [...allowing, ...quarantines].map(({ name, path, statements }, index) => {
      const document = PolicyDocument.checked(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
      const arn = `arn:${partition}:iam::aws:policy${path}${name}`;
      const id = `ANPA${String(index).padStart(17, 'A')}`;
      const versions = [{ id: 'v1', document, createdAt: CREATED }];
      return [arn, { name, path, id, arn, createdAt: CREATED, updatedAt: CREATED, description: undefined, defaultVersion: 'v1', versions }];
    }),
  );
}
