import { CERTIFICATE, SSH_PUBLIC_KEY } from '../../../dev/aws/seed-credential.ts';
import { allow, type Case, EC2_FULL, outcome, trust } from './case.ts';

const UserName = 'micetro';

export const userCases: readonly Case[] = [
  {
    name: 'GetUser tells path, ARN, id and date',
    run: async ({ iam }) => {
      await iam.createUser({ UserName, Path: '/service/' });
      return (await iam.getUser({ UserName })).User;
    },
    is: { UserName: 'micetro', Path: '/service/', Arn: 'arn:aws:iam::ACCOUNT:user/service/micetro', UserId: 'ID', CreateDate: 'TIME' },
  },
  {
    name: 'GetUser tells the permissions boundary',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const boundary = async () => (await iam.getUser({ UserName })).User?.PermissionsBoundary ?? 'none';
      return [
        await outcome(iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: EC2_FULL })),
        await boundary(),
        await outcome(iam.deleteUserPermissionsBoundary({ UserName })),
        await boundary(),
      ];
    },
    is: ['ok', { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: EC2_FULL }, 'ok', 'none'],
    differs: {
      moto: ['Error 500', 'none', 'Error 500', 'none'],
      why: 'moto knows no boundaries of users',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html',
    },
  },
  {
    name: 'a user that is not there is NoSuchEntity in every call that names it',
    run: async ({ iam }) =>
      Promise.all([
        outcome(iam.getUser({ UserName })),
        outcome(iam.listGroupsForUser({ UserName })),
        outcome(iam.listAccessKeys({ UserName })),
        outcome(iam.listUserPolicies({ UserName })),
        outcome(iam.getUserPolicy({ UserName, PolicyName: 'p' })),
        outcome(iam.listAttachedUserPolicies({ UserName })),
        outcome(iam.getLoginProfile({ UserName })),
        outcome(iam.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument: allow('iam:GetUser') })),
        outcome(iam.attachUserPolicy({ UserName, PolicyArn: EC2_FULL })),
        outcome(iam.createAccessKey({ UserName })),
        outcome(iam.deleteUser({ UserName })),
      ]),
    is: Array(11).fill('NoSuchEntity 404'),
  },
  {
    name: 'names are unique without regard to case',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      return [await outcome(iam.createUser({ UserName })), await outcome(iam.createUser({ UserName: 'MICETRO' }))];
    },
    is: ['EntityAlreadyExists 409', 'EntityAlreadyExists 409'],
    differs: {
      moto: ['EntityAlreadyExists 409', 'ok'],
      why: 'moto tells cases apart',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html',
    },
  },
  {
    // AWS documents that names are not told apart by case when they are made; of looking them up it says nothing, and the two servers agree.
    name: 'names are looked up with their case',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      return outcome(iam.getUser({ UserName: 'MICETRO' }));
    },
    is: 'NoSuchEntity 404',
  },
  {
    name: 'names have 64 characters of a small alphabet',
    run: async ({ iam }) => [
      await outcome(iam.createUser({ UserName: 'a'.repeat(64) })),
      await outcome(iam.createUser({ UserName: 'a'.repeat(65) })),
      await outcome(iam.createUser({ UserName: 'a b' })),
      await outcome(iam.createUser({ UserName: 'a_+=,.@-b' })),
    ],
    is: ['ok', 'ValidationError 400', 'ValidationError 400', 'ok'],
    differs: {
      moto: ['ok', 'ok', 'ok', 'ok'],
      why: 'moto takes any name',
      doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    },
  },
  {
    name: 'a path begins and ends with a slash',
    run: async ({ iam }) => [
      await outcome(iam.createUser({ UserName: 'a', Path: '/x/y/' })),
      await outcome(iam.createUser({ UserName: 'b', Path: 'x/' })),
      await outcome(iam.createUser({ UserName: 'c', Path: '/x' })),
    ],
    is: ['ok', 'ValidationError 400', 'ValidationError 400'],
    differs: {
      moto: ['ok', 'ok', 'ok'],
      why: 'moto takes any path',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html',
    },
  },
  {
    name: 'a user with parts is not deleted',
    run: async ({ iam }) => {
      const deleteWith = async (UserName: string, give: (UserName: string) => Promise<unknown>) => {
        await iam.createUser({ UserName });
        await give(UserName);
        return outcome(iam.deleteUser({ UserName }));
      };
      await iam.createGroup({ GroupName: 'g' });
      return [
        await deleteWith('a', (UserName) => iam.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument: allow('iam:GetUser') })),
        await deleteWith('b', (UserName) => iam.attachUserPolicy({ UserName, PolicyArn: EC2_FULL })),
        await deleteWith('c', (UserName) => iam.createAccessKey({ UserName })),
        await deleteWith('d', (UserName) => iam.addUserToGroup({ UserName, GroupName: 'g' })),
        await deleteWith('e', (UserName) => iam.createLoginProfile({ UserName, Password: 'correct-Horse-9' })),
        await deleteWith('f', () => Promise.resolve()),
        await outcome(iam.getUser({ UserName: 'f' })),
      ];
    },
    is: [...Array(5).fill('DeleteConflict 409'), 'ok', 'NoSuchEntity 404'],
    differs: {
      moto: ['DeleteConflict 409', 'DeleteConflict 409', 'ok', 'ok', 'ok', 'ok', 'NoSuchEntity 404'],
      why: 'moto looks at policies alone',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html',
    },
  },
  {
    name: 'a user has two access keys at most, active or not',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const { AccessKey } = await iam.createAccessKey({ UserName });
      await iam.createAccessKey({ UserName });
      const third = await outcome(iam.createAccessKey({ UserName }));
      await iam.updateAccessKey({ UserName, AccessKeyId: AccessKey?.AccessKeyId, Status: 'Inactive' });
      return [third, (await iam.listAccessKeys({ UserName })).AccessKeyMetadata];
    },
    is: [
      'LimitExceeded 409',
      [
        { UserName: 'micetro', AccessKeyId: 'AKIA*', Status: 'Inactive', CreateDate: 'TIME' },
        { UserName: 'micetro', AccessKeyId: 'AKIA*', Status: 'Active', CreateDate: 'TIME' },
      ],
    ],
  },
  {
    name: 'a key that is not there is NoSuchEntity',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const AccessKeyId = 'AKIAAAAAAAAAAAAAAAAA';
      return [
        await outcome(iam.deleteAccessKey({ UserName, AccessKeyId })),
        await outcome(iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Inactive' })),
      ];
    },
    is: ['NoSuchEntity 404', 'NoSuchEntity 404'],
  },
  {
    name: 'a key that was never used has no date of its last use',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const { AccessKey } = await iam.createAccessKey({ UserName });
      return iam.getAccessKeyLastUsed({ AccessKeyId: AccessKey?.AccessKeyId });
    },
    is: { UserName: 'micetro', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } },
  },
  {
    name: 'a console password is there or NoSuchEntity',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const before = await outcome(iam.getLoginProfile({ UserName }));
      await iam.createLoginProfile({ UserName, Password: 'correct-Horse-9' });
      const again = await outcome(iam.createLoginProfile({ UserName, Password: 'correct-Horse-9' }));
      const { LoginProfile } = await iam.getLoginProfile({ UserName });
      await iam.deleteLoginProfile({ UserName });
      return [
        before,
        again,
        LoginProfile,
        await outcome(iam.getLoginProfile({ UserName })),
        await outcome(iam.deleteLoginProfile({ UserName })),
      ];
    },
    is: [
      'NoSuchEntity 404',
      'EntityAlreadyExists 409',
      { UserName: 'micetro', CreateDate: 'TIME', PasswordResetRequired: false },
      'NoSuchEntity 404',
      'NoSuchEntity 404',
    ],
  },
  {
    name: 'SSH public keys are listed without their text',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const upload = () => iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody: SSH_PUBLIC_KEY });
      const { SSHPublicKey } = await upload();
      await iam.updateSSHPublicKey({ UserName, SSHPublicKeyId: SSHPublicKey?.SSHPublicKeyId, Status: 'Inactive' });
      const { SSHPublicKeys } = await iam.listSSHPublicKeys({ UserName });
      return [
        /^APKA[A-Z0-9]{16,17}$/.test(SSHPublicKey?.SSHPublicKeyId ?? ''),
        SSHPublicKeys,
        await outcome(iam.listSSHPublicKeys({ UserName: 'nobody' })),
      ];
    },
    is: [true, [{ UserName: 'micetro', SSHPublicKeyId: 'APKA*', Status: 'Inactive', UploadDate: 'TIME' }], 'NoSuchEntity 404'],
  },
  {
    name: 'a user has five SSH public keys at most, and each is one',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const upload = (SSHPublicKeyBody: string) => outcome(iam.uploadSSHPublicKey({ UserName, SSHPublicKeyBody }));
      const outcomes = [await upload('none')];
      for (let count = 0; count < 6; count += 1) outcomes.push(await upload(SSH_PUBLIC_KEY));
      return outcomes;
    },
    is: ['InvalidPublicKey 400', ...Array(5).fill('ok'), 'LimitExceeded 409'],
    differs: {
      moto: Array(7).fill('ok'),
      why: 'moto takes any text, and any number',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html',
    },
  },
  {
    name: 'signing certificates are listed with their text, two at most',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const upload = (CertificateBody: string) => iam.uploadSigningCertificate({ UserName, CertificateBody });
      const refused = await outcome(upload('none'));
      const { Certificate } = await upload(CERTIFICATE);
      await upload(CERTIFICATE);
      await iam.updateSigningCertificate({ UserName, CertificateId: Certificate?.CertificateId, Status: 'Inactive' });
      const { Certificates } = await iam.listSigningCertificates({ UserName });
      const shown = Certificates?.map(({ CertificateId = '', CertificateBody, ...rest }) => ({
        ...rest,
        hasId: /^\w{24,128}$/.test(CertificateId),
        isWhole: CertificateBody?.trim() === CERTIFICATE.trim(),
      }));
      return [refused, shown, await outcome(upload(CERTIFICATE)), await outcome(iam.listSigningCertificates({ UserName: 'nobody' }))];
    },
    is: [
      'MalformedCertificate 400',
      [
        { UserName: 'micetro', Status: 'Inactive', UploadDate: 'TIME', hasId: true, isWhole: true },
        { UserName: 'micetro', Status: 'Active', UploadDate: 'TIME', hasId: true, isWhole: true },
      ],
      'LimitExceeded 409',
      'NoSuchEntity 404',
    ],
  },
  {
    name: 'service-specific credentials are listed with their service, two at most for each',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      const before = await outcome(iam.listServiceSpecificCredentials({ UserName }));
      if (before !== 'ok') return before;
      const create = (ServiceName: string) => iam.createServiceSpecificCredential({ UserName, ServiceName });
      const refused = await outcome(create('ec2.amazonaws.com'));
      const { ServiceSpecificCredential } = await create('codecommit.amazonaws.com');
      await create('codecommit.amazonaws.com');
      await iam.updateServiceSpecificCredential({
        UserName,
        ServiceSpecificCredentialId: ServiceSpecificCredential?.ServiceSpecificCredentialId,
        Status: 'Inactive',
      });
      const { ServiceSpecificCredentials } = await iam.listServiceSpecificCredentials({ UserName });
      return [
        refused,
        ServiceSpecificCredentials,
        await outcome(create('codecommit.amazonaws.com')),
        await outcome(create('cassandra.amazonaws.com')),
        await outcome(iam.listServiceSpecificCredentials({ UserName: 'nobody' })),
      ];
    },
    is: [
      'NotSupportedService 404',
      ['Inactive', 'Active'].map((Status) => ({
        UserName: 'micetro',
        Status,
        ServiceUserName: 'micetro-at-ACCOUNT',
        CreateDate: 'TIME',
        ServiceSpecificCredentialId: 'ACCA*',
        ServiceName: 'codecommit.amazonaws.com',
      })),
      'LimitExceeded 409',
      'ok',
      'NoSuchEntity 404',
    ],
    differs: {
      moto: 'Error 500',
      why: 'moto knows no service-specific credentials',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html',
    },
  },
  {
    name: 'unique ids tell by their prefix what they are of',
    run: async ({ iam, account }) => {
      const AssumeRolePolicyDocument = trust({ AWS: `arn:aws:iam::${account}:root` });
      const ids = [
        (await iam.createUser({ UserName })).User?.UserId,
        (await iam.createGroup({ GroupName: 'g' })).Group?.GroupId,
        (await iam.createRole({ RoleName: 'r', AssumeRolePolicyDocument })).Role?.RoleId,
        (await iam.createPolicy({ PolicyName: 'p', PolicyDocument: allow('iam:GetUser') })).Policy?.PolicyId,
      ];
      return ids.map((id) => /^(?:AIDA|AGPA|AROA|ANPA)(?=[A-Z0-9]{17}$)/.exec(id ?? '')?.[0] ?? 'another form');
    },
    is: ['AIDA', 'AGPA', 'AROA', 'ANPA'],
    differs: {
      moto: ['another form', 'another form', 'AROA', 'another form'],
      why: 'moto makes ids of users, groups and policies without the prefix',
      doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    },
  },
];
