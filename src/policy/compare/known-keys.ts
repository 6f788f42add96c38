/** What is known of the values of condition keys. A short list: of any other key nothing is. */

const BOOLEAN = keys(
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalIsAWSService',
  'aws:SecureTransport',
  'aws:ViaAWSService',
  'kms:BypassPolicyLockoutSafetyCheck',
  'kms:GrantIsForAWSResource',
);

const WHOLE_NUMBER = keys('aws:MultiFactorAuthAge', 's3:max-keys', 'sts:DurationSeconds');

const SINGLE_VALUED = keys(
  ...['aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:CurrentTime', 'aws:EpochTime', 'aws:FederatedProvider'],
  ...['aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent', 'aws:PrincipalAccount', 'aws:PrincipalArn'],
  ...['aws:PrincipalIsAWSService', 'aws:PrincipalOrgID', 'aws:PrincipalServiceName', 'aws:PrincipalType', 'aws:Referer'],
  ...['aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:SecureTransport', 'aws:SourceAccount'],
  ...['aws:SourceArn', 'aws:SourceIdentity', 'aws:SourceIp', 'aws:SourceOrgID', 'aws:SourceVpc', 'aws:SourceVpce'],
  ...['aws:TokenIssueTime', 'aws:UserAgent', 'aws:userid', 'aws:username', 'aws:ViaAWSService', 'aws:VpcSourceIp'],
  ...['iam:PassedToService', 'iam:PermissionsBoundary', 'iam:PolicyARN', 's3:delimiter', 's3:max-keys', 's3:prefix'],
  ...['saml:aud', 'saml:doc', 'saml:iss', 'saml:namequalifier', 'saml:sub', 'saml:sub_type'],
  ...['sts:AWSServiceName', 'sts:DurationSeconds', 'sts:ExternalId', 'sts:RoleSessionName', 'sts:SourceIdentity'],
);

/** Of a tag, and what an identity provider says in a token: its keys begin with its domain. */
const SINGLE_VALUED_FORM =
  /^(?:[\w-]+:(?:principal|request|resource|existingobject|requestobject)tag\/.*|[^:]*\.[^:]*:(?:aud|azp|oaud|sub))$/s;

/**
 * Holds seconds since 1970, to which operators for numbers and for dates may be put.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-epochtime
 */
export function isEpochKey(key: string): boolean {
  return key === 'aws:epochtime';
}

/** Only ever holds true or false. */
export function isBooleanKey(key: string): boolean {
  return BOOLEAN.has(key);
}

export function isWholeNumberKey(key: string): boolean {
  return WHOLE_NUMBER.has(key);
}

/** Tags hold any text, whatever the operator takes them for. */
export function isTagKey(key: string): boolean {
  return key.includes('/');
}

/**
 * Has at most one value in a request. Operators for sets may be put to it all the same.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function isSingleValuedKey(key: string): boolean {
  return SINGLE_VALUED.has(key) || SINGLE_VALUED_FORM.test(key);
}

/** As AWS writes them, to be asked for in lower case. */
function keys(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
