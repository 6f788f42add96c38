import { allow, type Case, EC2_FULL, type Place, trust } from './case.ts';

async function prepare({ iam, account }: Place): Promise<void> {
  await iam.createPolicy({ PolicyName: 'own', PolicyDocument: allow('ec2:DescribeVpcs') });
  const own = `arn:aws:iam::${account}:policy/own`;
  await iam.createUser({ UserName: 'anna', PermissionsBoundary: own, Tags: [{ Key: 'team', Value: 'net' }] });
  await iam.createGroup({ GroupName: 'admins', Path: '/people/' });
  await iam.addUserToGroup({ GroupName: 'admins', UserName: 'anna' });
  await iam.createRole({ RoleName: 'deploy', AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account}:user/anna` }) });
  await iam.putUserPolicy({ UserName: 'anna', PolicyName: 'p', PolicyDocument: allow('s3:ListBucket') });
  await iam.putGroupPolicy({ GroupName: 'admins', PolicyName: 'p', PolicyDocument: allow('sts:AssumeRole') });
  await iam.putRolePolicy({ RoleName: 'deploy', PolicyName: 'p', PolicyDocument: allow('sqs:*') });
  await iam.attachRolePolicy({ RoleName: 'deploy', PolicyArn: EC2_FULL });
}

const DOC = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html';

const GROUP = {
  GroupName: 'admins',
  GroupId: 'ID',
  Path: '/people/',
  Arn: 'arn:aws:iam::ACCOUNT:group/people/admins',
  CreateDate: 'TIME',
  AttachedManagedPolicies: [],
  GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('sts:AssumeRole') }],
};

const ROLE = {
  RoleName: 'deploy',
  RoleId: 'ID',
  Path: '/',
  Arn: 'arn:aws:iam::ACCOUNT:role/deploy',
  CreateDate: 'TIME',
  AssumeRolePolicyDocument: trust({ AWS: 'arn:aws:iam::ACCOUNT:user/anna' }),
  AttachedManagedPolicies: [{ PolicyName: 'AmazonEC2FullAccess', PolicyArn: EC2_FULL }],
  RolePolicyList: [{ PolicyName: 'p', PolicyDocument: allow('sqs:*') }],
  InstanceProfileList: [],
  RoleLastUsed: {},
  Tags: [],
};

const USER = {
  UserName: 'anna',
  UserId: 'ID',
  Path: '/',
  Arn: 'arn:aws:iam::ACCOUNT:user/anna',
  CreateDate: 'TIME',
  AttachedManagedPolicies: [],
  UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('s3:ListBucket') }],
  GroupList: ['admins'],
  Tags: [{ Key: 'team', Value: 'net' }],
};

const POLICY = {
  Path: '/',
  Arn: 'arn:aws:iam::ACCOUNT:policy/own',
  CreateDate: 'TIME',
  UpdateDate: 'TIME',
  DefaultVersionId: 'v1',
  AttachmentCount: 0,
  IsAttachable: true,
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, CreateDate: 'TIME', Document: allow('ec2:DescribeVpcs') }],
};

const BOUNDARY = {
  PermissionsBoundaryArn: 'arn:aws:iam::ACCOUNT:policy/own',
  PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
};

export const authorizationDetailCases: readonly Case[] = [
  {
    name: 'everything about who may do what, in one call, with its documents',
    run: async (place) => {
      await prepare(place);
      const details = await place.iam.getAccountAuthorizationDetails({ Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'] });
      return JSON.parse(decodeURIComponent(JSON.stringify(details).replace(/%22/g, '%5C%22')));
    },
    is: {
      UserDetailList: [{ ...USER, PermissionsBoundary: BOUNDARY }],
      GroupDetailList: [GROUP],
      RoleDetailList: [ROLE],
      Policies: [{ ...POLICY, PolicyName: 'own', PolicyId: 'ID', PermissionsBoundaryUsageCount: 1 }],
      IsTruncated: false,
    },
    differs: {
      moto: {
        UserDetailList: [USER],
        GroupDetailList: [GROUP],
        RoleDetailList: [ROLE],
        Policies: [{ ...POLICY, Description: '' }],
        IsTruncated: false,
      },
      why: "moto leaves out users' boundaries, and the names of policies",
      doc: DOC,
    },
  },
  {
    name: "of AWS's own policies, those in use are among the details",
    run: async (place) => {
      await prepare(place);
      const { Policies = [] } = await place.iam.getAccountAuthorizationDetails({ Filter: ['AWSManagedPolicy'] });
      const used = Policies.find(({ Arn }) => Arn === EC2_FULL);
      return used?.PolicyVersionList?.filter(({ Document }) => decodeURIComponent(Document ?? '').includes('ec2:*')).length;
    },
    is: 1,
  },
  {
    name: 'the details come on one chain of pages',
    run: async (place) => {
      await prepare(place);
      const first = await place.iam.getAccountAuthorizationDetails({
        MaxItems: 3,
        Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'],
      });
      const counts = [first.UserDetailList, first.GroupDetailList, first.RoleDetailList, first.Policies].map((list) => list?.length);
      return [...counts, first.IsTruncated];
    },
    is: [1, 1, 1, 0, true],
    differs: { moto: [1, 1, 1, 1, false], why: 'moto has no pages for this call', doc: DOC },
  },
];
