/** What is known of the values of condition keys, lower case. A short list: of any other key nothing is. */

const BOOLEAN: ReadonlySet<string> = new Set([
  'aws:multifactorauthpresent',
  'aws:principalisawsservice',
  'aws:securetransport',
  'aws:viaawsservice',
  'kms:bypasspolicylockoutsafetycheck',
  'kms:grantisforawsresource',
]);

const WHOLE_NUMBER: ReadonlySet<string> = new Set(['aws:multifactorauthage', 's3:max-keys', 'sts:durationseconds']);

const SINGLE_VALUED: ReadonlySet<string> = new Set([
  ...['arn', 'account', 'orgid', 'type', 'isawsservice', 'servicename'].map((part) => `aws:principal${part}`),
  ...['ip', 'vpc', 'vpce', 'account', 'arn', 'orgid', 'identity'].map((part) => `aws:source${part}`),
  ...['account', 'orgid'].map((part) => `aws:resource${part}`),
  ...['userid', 'username', 'federatedprovider', 'tokenissuetime', 'multifactorauthage', 'multifactorauthpresent'].map(
    (part) => `aws:${part}`,
  ),
  ...['calledviafirst', 'calledvialast', 'viaawsservice', 'currenttime', 'epochtime', 'referer'].map((part) => `aws:${part}`),
  ...['requestedregion', 'securetransport', 'useragent', 'vpcsourceip'].map((part) => `aws:${part}`),
  ...['externalid', 'rolesessionname', 'sourceidentity', 'durationseconds', 'awsservicename'].map((part) => `sts:${part}`),
  ...['passedtoservice', 'permissionsboundary', 'policyarn'].map((part) => `iam:${part}`),
  ...['prefix', 'delimiter', 'max-keys'].map((part) => `s3:${part}`),
  ...['aud', 'iss', 'sub', 'sub_type', 'doc', 'namequalifier'].map((part) => `saml:${part}`),
]);

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
