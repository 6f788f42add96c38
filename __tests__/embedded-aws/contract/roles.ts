import { allow, type Case, EC2_FULL, outcome, trust } from './case.ts';

const RoleName = 'Micetro';
const account = (id: string) => trust({ AWS: `arn:aws:iam::${id}:root` });

export const roleCases: readonly Case[] = [
  {
    name: 'GetRole tells everything but the policies',
    run: async (at) => {
      await at.iam.createRole({
        RoleName,
        Path: '/ddi/',
        AssumeRolePolicyDocument: account(at.account),
        Description: 'DNS & <networks>',
        MaxSessionDuration: 7_200,
        PermissionsBoundary: EC2_FULL,
        Tags: [{ Key: 'team', Value: 'ddi' }],
      });
      const { AssumeRolePolicyDocument, RoleLastUsed, ...rest } = (await at.iam.getRole({ RoleName })).Role ?? {};
      return rest;
    },
    is: {
      RoleName: 'Micetro',
      Path: '/ddi/',
      Arn: 'arn:aws:iam::ACCOUNT:role/ddi/Micetro',
      RoleId: 'ID',
      CreateDate: 'TIME',
      Description: 'DNS & <networks>',
      MaxSessionDuration: 7_200,
      PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: EC2_FULL },
      Tags: [{ Key: 'team', Value: 'ddi' }],
    },
  },
  {
    name: 'a plain role has no description, boundary or tags, and an hour a session',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account) });
      const {
        Description = 'none',
        PermissionsBoundary = 'none',
        Tags = 'none',
        MaxSessionDuration,
      } = (await at.iam.getRole({ RoleName })).Role ?? {};
      return { Description, PermissionsBoundary, Tags, MaxSessionDuration };
    },
    is: { Description: 'none', PermissionsBoundary: 'none', Tags: 'none', MaxSessionDuration: 3_600 },
  },
  {
    name: 'ListRoles leaves tags and boundary out',
    run: async (at) => {
      const Tags = [{ Key: 'team', Value: 'ddi' }];
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account), PermissionsBoundary: EC2_FULL, Tags });
      const [role] = (await at.iam.listRoles({})).Roles ?? [];
      return [role?.RoleName, role?.Tags ?? 'none', role?.PermissionsBoundary ?? 'none'];
    },
    is: ['Micetro', 'none', 'none'],
  },
  {
    name: 'a role that is not there is NoSuchEntity in every call that names it',
    run: async (at) =>
      Promise.all([
        outcome(at.iam.getRole({ RoleName })),
        outcome(at.iam.listRolePolicies({ RoleName })),
        outcome(at.iam.getRolePolicy({ RoleName, PolicyName: 'p' })),
        outcome(at.iam.listAttachedRolePolicies({ RoleName })),
        outcome(at.iam.listRoleTags({ RoleName })),
        outcome(at.iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allow('ec2:DescribeVpcs') })),
        outcome(at.iam.attachRolePolicy({ RoleName, PolicyArn: EC2_FULL })),
        outcome(at.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: account(at.account) })),
        outcome(at.iam.updateRole({ RoleName, MaxSessionDuration: 3_600 })),
        outcome(at.iam.tagRole({ RoleName, Tags: [{ Key: 'a', Value: 'b' }] })),
        outcome(at.iam.untagRole({ RoleName, TagKeys: ['a'] })),
        outcome(at.iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: EC2_FULL })),
        outcome(at.iam.deleteRolePermissionsBoundary({ RoleName })),
        outcome(at.iam.deleteRole({ RoleName })),
      ]),
    is: Array(14).fill('NoSuchEntity 404'),
  },
  {
    name: 'role names are unique without regard to case and path, and have 64 characters',
    run: async (at) => {
      const AssumeRolePolicyDocument = account(at.account);
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument });
      return [
        await outcome(at.iam.createRole({ RoleName, Path: '/other/', AssumeRolePolicyDocument })),
        await outcome(at.iam.createRole({ RoleName: 'MICETRO', AssumeRolePolicyDocument })),
        await outcome(at.iam.createRole({ RoleName: 'r'.repeat(65), AssumeRolePolicyDocument })),
      ];
    },
    is: ['EntityAlreadyExists 409', 'EntityAlreadyExists 409', 'ValidationError 400'],
    differs: {
      moto: ['EntityAlreadyExists 409', 'ok', 'ok'],
      why: 'moto tells cases apart and takes any length',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
    },
  },
  {
    name: 'a session lasts from one to twelve hours',
    run: async (at) => {
      const create = (RoleName: string, MaxSessionDuration: number) =>
        outcome(at.iam.createRole({ RoleName, MaxSessionDuration, AssumeRolePolicyDocument: account(at.account) }));
      return [await create('a', 3_599), await create('b', 3_600), await create('c', 43_200), await create('d', 43_201)];
    },
    is: ['ValidationError 400', 'ok', 'ok', 'ValidationError 400'],
    differs: {
      moto: ['ok', 'ok', 'ok', 'ok'],
      why: 'moto takes any duration',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
    },
  },
  {
    name: 'UpdateRole leaves alone what it does not name',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account), Description: 'kept', MaxSessionDuration: 7_200 });
      await at.iam.updateRole({ RoleName, MaxSessionDuration: 3_600 });
      const { Description = 'none', MaxSessionDuration } = (await at.iam.getRole({ RoleName })).Role ?? {};
      return { Description, MaxSessionDuration };
    },
    is: { Description: 'kept', MaxSessionDuration: 3_600 },
    differs: {
      moto: { Description: 'none', MaxSessionDuration: 3_600 },
      why: 'moto erases the description',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html',
    },
  },
  {
    name: 'UpdateRoleDescription answers with the role',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account) });
      const { Role } = await at.iam.updateRoleDescription({ RoleName, Description: 'new' });
      return [Role?.Description, (await at.iam.getRole({ RoleName })).Role?.Description];
    },
    is: ['new', 'new'],
  },
  {
    name: 'boundaries are put and deleted',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account) });
      await at.iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: EC2_FULL });
      const put = (await at.iam.getRole({ RoleName })).Role?.PermissionsBoundary?.PermissionsBoundaryArn;
      await at.iam.deleteRolePermissionsBoundary({ RoleName });
      return [put, (await at.iam.getRole({ RoleName })).Role?.PermissionsBoundary ?? 'none'];
    },
    is: [EC2_FULL, 'none'],
  },
  {
    name: 'a boundary has to exist',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account) });
      return outcome(at.iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: 'arn:aws:iam::aws:policy/NoSuchPolicy' }));
    },
    is: 'NoSuchEntity 404',
    differs: {
      moto: 'ok',
      why: 'moto does not look for the policy',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html',
    },
  },
  {
    name: 'tags are put on, replaced without regard to the case of their keys, and taken off',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account), Tags: [{ Key: 'team', Value: 'ddi' }] });
      await at.iam.tagRole({
        RoleName,
        Tags: [
          { Key: 'env', Value: 'prod' },
          { Key: 'Team', Value: 'dns' },
        ],
      });
      const tagged = (await at.iam.listRoleTags({ RoleName })).Tags?.toSorted((a, b) => `${a.Key}`.localeCompare(`${b.Key}`));
      await at.iam.untagRole({ RoleName, TagKeys: ['env'] });
      return [tagged, (await at.iam.getRole({ RoleName })).Role?.Tags];
    },
    is: [
      [
        { Key: 'env', Value: 'prod' },
        { Key: 'Team', Value: 'dns' },
      ],
      [{ Key: 'Team', Value: 'dns' }],
    ],
    differs: {
      moto: [
        [
          { Key: 'env', Value: 'prod' },
          { Key: 'team', Value: 'ddi' },
          { Key: 'Team', Value: 'dns' },
        ],
        [
          { Key: 'team', Value: 'ddi' },
          { Key: 'Team', Value: 'dns' },
        ],
      ],
      why: 'moto tells the cases of tag keys apart',
      doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html',
    },
  },
  {
    name: 'tag keys are not doubled, and there are fifty at most',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account) });
      const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${from + index}`, Value: 'v' }));
      return [
        await outcome(
          at.iam.tagRole({
            RoleName,
            Tags: [
              { Key: 'a', Value: '1' },
              { Key: 'A', Value: '2' },
            ],
          }),
        ),
        await outcome(at.iam.tagRole({ RoleName, Tags: many(0, 50) })),
        await outcome(at.iam.tagRole({ RoleName, Tags: many(50, 1) })),
      ];
    },
    is: ['InvalidInput 400', 'ok', 'LimitExceeded 409'],
    differs: {
      moto: ['InvalidInput 400', 'ok', 'ok'],
      why: 'moto counts the tags of a call, not of the role',
      doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    },
  },
  {
    name: 'a role with policies is not deleted',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: account(at.account) });
      await at.iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allow('ec2:DescribeVpcs') });
      const inline = await outcome(at.iam.deleteRole({ RoleName }));
      await at.iam.deleteRolePolicy({ RoleName, PolicyName: 'p' });
      await at.iam.attachRolePolicy({ RoleName, PolicyArn: EC2_FULL });
      const attached = await outcome(at.iam.deleteRole({ RoleName }));
      await at.iam.detachRolePolicy({ RoleName, PolicyArn: EC2_FULL });
      return [inline, attached, await outcome(at.iam.deleteRole({ RoleName })), await outcome(at.iam.getRole({ RoleName }))];
    },
    is: ['DeleteConflict 409', 'DeleteConflict 409', 'ok', 'NoSuchEntity 404'],
  },
];
