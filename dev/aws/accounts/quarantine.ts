/** Names of actions by service. */
type Actions = Readonly<Record<string, string>>;

const FIRST: Actions = {
  ec2: 'RequestSpotInstances RunInstances StartInstances',
  iam: 'AttachGroupPolicy AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey CreateInstanceProfile CreateLoginProfile CreateRole CreateUser DetachUserPolicy PutUserPermissionsBoundary PutUserPolicy UpdateAccessKey UpdateAccountPasswordPolicy UpdateUser',
  lambda: 'CreateFunction',
  lightsail: 'Create* Delete* DownloadDefaultKeyPair GetInstanceAccessDetails Start* Update*',
  organizations: 'CreateAccount CreateOrganization InviteAccountToOrganization',
};

const SECOND: Actions = {
  amplify: 'CreateBackendEnvironment CreateDeployment',
  bedrock:
    'CreateFoundationModelAgreement CreateModelInvocationJob InvokeModel InvokeModelWithResponseStream PutFoundationModelEntitlement',
  cloudtrail: 'LookupEvents',
  codebuild: 'CreateProject',
  ec2: 'AcceptReservedInstancesExchangeQuote CreateReservedInstancesListing PurchaseReservedInstancesOffering RequestSpotInstances RunInstances StartInstances',
  ecr: 'GetAuthorizationToken',
  ecs: 'CreateCluster CreateService RegisterTaskDefinition',
  glue: 'CreateJob',
  iam: 'AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey CreateInstanceProfile CreateLoginProfile CreatePolicyVersion CreateRole CreateUser DeleteAccessKey DeleteRole DetachUserPolicy ListUsers PassRole PutGroupPolicy PutRolePolicy PutUserPermissionsBoundary PutUserPolicy SetDefaultPolicyVersion UpdateAccessKey UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateLoginProfile UpdateUser',
  lambda:
    'AddLayerVersionPermission AddPermission CreateFunction GetEventSourceMapping GetPolicy ListTags PutProvisionedConcurrencyConfig TagResource UntagResource UpdateFunctionCode',
  lightsail: 'Create* Delete* DownloadDefaultKeyPair GetInstanceAccessDetails Start* Update*',
  mediapackagev2: 'CreateChannel',
  organizations: 'CreateAccount CreateOrganization InviteAccountToOrganization',
  s3: 'CreateBucket DeleteBucket DeleteBucketPolicy DeleteObject DeleteObjectVersion GetObject ListAllMyBuckets ListBucket ObjectOwnerOverrideToBucketOwner PutAccountPublicAccessBlock PutBucketAcl PutBucketCors PutBucketOwnershipControls PutBucketPolicy PutLifecycleConfiguration',
  sagemaker: 'CreateEndpointConfig CreateProcessingJob',
  savingsplans: 'CreateSavingsPlan',
  ses: 'GetSendQuota ListIdentities',
  sns: 'GetSMSAttributes',
  sts: 'GetFederationToken GetSessionToken',
};

/** Beside what the second denies. */
const THIRD: Actions = {
  ...SECOND,
  kms: 'DeleteImportedKeyMaterial PutKeyPolicy RetireGrant RevokeGrant ScheduleKeyDeletion',
  logs: 'PutLogEvents',
  organizations: 'AcceptHandshake CreateAccount CreateOrganization InviteAccountToOrganization LeaveOrganization',
  s3: 'CreateBucket DeleteBucket DeleteBucketPolicy DeleteObject DeleteObjectVersion GetObject ListAllMyBuckets ListBucket ObjectOwnerOverrideToBucketOwner PutAccountPublicAccessBlock PutBucketAcl PutBucketCors PutBucketOwnershipControls PutBucketPolicy PutEncryptionConfiguration PutLifecycleConfiguration',
};

const DIRECT_KMS_GRANTS = { Effect: 'Deny', Action: 'kms:CreateGrant', Resource: '*', Condition: { Null: { 'kms:ViaService': 'true' } } };

/**
 * The policies that AWS attaches to a user whose access key leaked. They only deny, and sts:AssumeRole is not denied.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export const QUARANTINES: readonly { readonly name: string; readonly statements: readonly object[] }[] = [
  { name: 'AWSCompromisedKeyQuarantine', statements: [denied(FIRST)] },
  { name: 'AWSCompromisedKeyQuarantineV2', statements: [denied(SECOND)] },
  { name: 'AWSCompromisedKeyQuarantineV3', statements: [denied(THIRD), DIRECT_KMS_GRANTS] },
];

function denied(actions: Actions): object {
  const all = Object.entries(actions).flatMap(([service, names]) => names.split(' ').map((name) => `${service}:${name}`));
  return { Effect: 'Deny', Action: all, Resource: '*' };
}
