/** What is known about the values of condition keys: a short list. Nothing is known about any other key. */

/** The only thing that a key holds. A key without a type may hold any text, whatever its operators are for. */
export type KeyType = 'boolean' | 'number' | 'date' | 'address' | 'arn';

const TYPES: Readonly<Record<KeyType, ReadonlySet<string>>> = {
  boolean: keys(
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalIsAWSService',
    'aws:SecureTransport',
    'aws:ViaAWSService',
    'kms:BypassPolicyLockoutSafetyCheck',
    'kms:GrantIsForAWSResource',
  ),
  number: keys('aws:MultiFactorAuthAge', 's3:max-keys', 'sts:DurationSeconds'),
  date: keys('aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'),
  address: keys('aws:SourceIp', 'aws:VpcSourceIp'),
  arn: keys(
    ...['aws:PrincipalArn', 'aws:SourceArn', 'ec2:InstanceProfile', 'ec2:SourceInstanceARN', 'ec2:Subnet', 'ec2:Vpc'],
    ...['iam:AssociatedResourceArn', 'iam:PermissionsBoundary', 'iam:PolicyARN', 'lambda:FunctionArn', 'ram:PermissionArn'],
    's3:DataAccessPointArn',
  ),
};

const SINGLE_VALUED = keys(
  ...['aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:CurrentTime', 'aws:EpochTime', 'aws:FederatedProvider'],
  ...['aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent', 'aws:PrincipalAccount', 'aws:PrincipalArn'],
  ...['aws:PrincipalIsAWSService', 'aws:PrincipalOrgID', 'aws:PrincipalServiceName', 'aws:PrincipalType', 'aws:Referer'],
  ...['aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:SecureTransport', 'aws:SourceAccount'],
  ...['aws:SourceArn', 'aws:SourceIdentity', 'aws:SourceIp', 'aws:SourceOrgID', 'aws:SourceVpc', 'aws:SourceVpce'],
  ...['aws:TokenIssueTime', 'aws:UserAgent', 'aws:userid', 'aws:username', 'aws:ViaAWSService', 'aws:VpcSourceIp'],
  ...['ec2:CreateAction', 'ec2:InstanceProfile', 'ec2:SourceInstanceARN', 'ec2:Subnet', 'ec2:Vpc', 'iam:AssociatedResourceArn'],
  ...['iam:PassedToService', 'iam:PermissionsBoundary', 'iam:PolicyARN', 'kms:CallerAccount', 'kms:ViaService', 'lambda:FunctionArn'],
  ...['organizations:ServicePrincipal', 'ram:PermissionArn', 's3:DataAccessPointArn', 's3:delimiter', 's3:max-keys', 's3:prefix'],
  // Providers whose tokens have one audience.
  ...[
    'accounts.google.com:aud',
    'accounts.google.com:oaud',
    'cognito-identity.amazonaws.com:aud',
    'token.actions.githubusercontent.com:aud',
  ],
  ...['saml:aud', 'saml:doc', 'saml:iss', 'saml:namequalifier', 'saml:sub', 'saml:sub_type'],
  ...['sts:AWSServiceName', 'sts:DurationSeconds', 'sts:ExternalId', 'sts:RoleSessionName', 'sts:SourceIdentity'],
);

/**
 * Tags, and what an identity provider says in a token: those keys begin with the provider's domain. A token may name several audiences, so of most providers
 * nothing is known about these.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html on audience claims
 */
const SINGLE_VALUED_FORM = /^(?:[\w-]+:(?:principal|request|resource|existingobject|requestobject)tag\/.*|[^:]*\.[^:]*:(?:azp|sub))$/s;

const MULTI_VALUED = keys(
  ...['aws:CalledVia', 'aws:PrincipalOrgPaths', 'aws:PrincipalServiceNamesList', 'aws:ResourceOrgPaths', 'aws:SourceOrgPaths'],
  ...['aws:TagKeys', 'cognito-identity.amazonaws.com:amr', 'dynamodb:Attributes', 'dynamodb:LeadingKeys', 'kms:EncryptionContextKeys'],
  ...['kms:GrantOperations', 'saml:edupersonaffiliation', 'saml:mail', 'sts:TransitiveTagKeys'],
);

/** The keys with one value that may hold an empty text. */
const PERHAPS_EMPTY = keys('aws:Referer', 'aws:UserAgent', 's3:delimiter', 's3:prefix');

/**
 * Names, ids and tags that can contain neither `*` nor `?`. (Tags of resources may hold any text.)
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html and the patterns of IAM's and STS's other parameters
 */
const WITHOUT_WILDCARDS = keys(
  ...['aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:PrincipalType', 'aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceOrgID'],
  ...['aws:SourceAccount', 'aws:SourceIdentity', 'aws:SourceOrgID', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:userid', 'aws:username'],
  ...['sts:ExternalId', 'sts:RoleSessionName', 'sts:SourceIdentity'],
);

/** Keys that are in every request. */
const ALWAYS_THERE = keys(
  ...['aws:CurrentTime', 'aws:EpochTime', 'aws:RequestedRegion', 'aws:SecureTransport', 'aws:UserAgent', 'aws:ViaAWSService'],
);

/** `null` if it is not known. */
export function typeOfKey(key: string): KeyType | null {
  const types: readonly KeyType[] = ['boolean', 'number', 'date', 'address', 'arn'];
  return types.find((type) => TYPES[type].has(key)) ?? null;
}

/** Does a key of this type hold free text? An ARN counts as such. */
export function holdsText(type: KeyType | null): boolean {
  return type === null || type === 'arn';
}

/** Is the key known to hold something other than free text? */
export function isTypedKey(key: string): boolean {
  return !holdsText(typeOfKey(key));
}

/**
 * Does the key hold seconds since 1970, so that operators for numbers and for dates both apply?
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-epochtime
 */
export function isEpochKey(key: string): boolean {
  return key === 'aws:epochtime';
}

/** Can its value contain a `*` or `?`? */
export function mayHoldWildcards(key: string): boolean {
  return !WITHOUT_WILDCARDS.has(key) && !isTypedKey(key) && !key.startsWith('aws:principaltag/');
}

/** Is it in every request? Only wording depends on this: for a verdict, any key may be absent. */
export function isAlwaysThere(key: string): boolean {
  return ALWAYS_THERE.has(key);
}

/** Can it be present and empty? */
export function mayBeEmpty(key: string, type: KeyType | null): boolean {
  return type === null && (PERHAPS_EMPTY.has(key) || !SINGLE_VALUED.has(key));
}

/** Can it have several values in a request, so that an operator without a quantifier has no documented answer? */
export function isMultiValuedKey(key: string): boolean {
  return MULTI_VALUED.has(key);
}

/**
 * Does it have at most one value in a request? Operators for sets may be used with it all the same.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function isSingleValuedKey(key: string): boolean {
  return SINGLE_VALUED.has(key) || SINGLE_VALUED_FORM.test(key);
}

/** Spelled as AWS does; looked up in lower case. */
function keys(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
