import { allow, type Case, EC2_FULL, outcome } from './case.ts';

const GroupName = 'micetro-targets';
const UserName = 'micetro';

export const groupCases: readonly Case[] = [
  {
    name: 'GetGroup tells the group and its members',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName, Path: '/ddi/' });
      await iam.createUser({ UserName });
      await iam.addUserToGroup({ GroupName, UserName });
      const { Group, Users } = await iam.getGroup({ GroupName });
      return { Group, Users };
    },
    is: {
      Group: {
        GroupName: 'micetro-targets',
        Path: '/ddi/',
        Arn: 'arn:aws:iam::ACCOUNT:group/ddi/micetro-targets',
        GroupId: 'ID',
        CreateDate: 'TIME',
      },
      Users: [{ UserName: 'micetro', Path: '/', Arn: 'arn:aws:iam::ACCOUNT:user/micetro', UserId: 'ID', CreateDate: 'TIME' }],
    },
  },
  {
    name: 'a group without members has an empty list',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName });
      return (await iam.getGroup({ GroupName })).Users;
    },
    is: [],
  },
  {
    name: 'ListGroupsForUser tells whole groups',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName });
      await iam.createUser({ UserName });
      const before = (await iam.listGroupsForUser({ UserName })).Groups;
      await iam.addUserToGroup({ GroupName, UserName });
      return [before, (await iam.listGroupsForUser({ UserName })).Groups];
    },
    is: [
      [],
      [
        {
          GroupName: 'micetro-targets',
          Path: '/',
          Arn: 'arn:aws:iam::ACCOUNT:group/micetro-targets',
          GroupId: 'ID',
          CreateDate: 'TIME',
        },
      ],
    ],
  },
  {
    name: 'a group that is not there is NoSuchEntity in every call that names it',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      return Promise.all([
        outcome(iam.getGroup({ GroupName })),
        outcome(iam.listGroupPolicies({ GroupName })),
        outcome(iam.getGroupPolicy({ GroupName, PolicyName: 'p' })),
        outcome(iam.listAttachedGroupPolicies({ GroupName })),
        outcome(iam.attachGroupPolicy({ GroupName, PolicyArn: EC2_FULL })),
        outcome(iam.addUserToGroup({ GroupName, UserName })),
        outcome(iam.deleteGroup({ GroupName })),
      ]);
    },
    is: Array(7).fill('NoSuchEntity 404'),
  },
  {
    name: 'a member that is not there is NoSuchEntity',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName });
      return outcome(iam.addUserToGroup({ GroupName, UserName }));
    },
    is: 'NoSuchEntity 404',
  },
  {
    name: 'adding a member twice is one membership',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName });
      await iam.createUser({ UserName });
      await iam.addUserToGroup({ GroupName, UserName });
      await iam.addUserToGroup({ GroupName, UserName });
      return (await iam.getGroup({ GroupName })).Users?.length;
    },
    is: 1,
  },
  {
    name: 'a member is removed',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName });
      await iam.createUser({ UserName });
      await iam.addUserToGroup({ GroupName, UserName });
      await iam.removeUserFromGroup({ GroupName, UserName });
      return (await iam.getGroup({ GroupName })).Users;
    },
    is: [],
  },
  {
    name: 'a user is in ten groups at most',
    run: async ({ iam }) => {
      await iam.createUser({ UserName });
      for (let index = 0; index < 11; index += 1) await iam.createGroup({ GroupName: `g${index}` });
      for (let index = 0; index < 10; index += 1) await iam.addUserToGroup({ GroupName: `g${index}`, UserName });
      return outcome(iam.addUserToGroup({ GroupName: 'g10', UserName }));
    },
    is: 'LimitExceeded 409',
    differs: {
      moto: 'ok',
      why: 'moto has no such quota',
      doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    },
  },
  {
    name: 'a group with parts is not deleted',
    run: async ({ iam }) => {
      const deleteWith = async (GroupName: string, give: (GroupName: string) => Promise<unknown>) => {
        await iam.createGroup({ GroupName });
        await give(GroupName);
        return outcome(iam.deleteGroup({ GroupName }));
      };
      await iam.createUser({ UserName });
      return [
        await deleteWith('a', (GroupName) => iam.addUserToGroup({ GroupName, UserName })),
        await deleteWith('b', (GroupName) => iam.attachGroupPolicy({ GroupName, PolicyArn: EC2_FULL })),
        await deleteWith('c', (GroupName) => iam.putGroupPolicy({ GroupName, PolicyName: 'p', PolicyDocument: allow('iam:GetUser') })),
        await deleteWith('d', () => Promise.resolve()),
        await outcome(iam.getGroup({ GroupName: 'd' })),
      ];
    },
    is: [...Array(3).fill('DeleteConflict 409'), 'ok', 'NoSuchEntity 404'],
    differs: {
      moto: ['ok', 'ok', 'ok', 'ok', 'NoSuchEntity 404'],
      why: 'moto deletes a group with all that is in it',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html',
    },
  },
  {
    name: 'group names are unique without regard to case, and have 128 characters',
    run: async ({ iam }) => {
      await iam.createGroup({ GroupName });
      return [
        await outcome(iam.createGroup({ GroupName: 'Micetro-Targets' })),
        await outcome(iam.createGroup({ GroupName: 'g'.repeat(128) })),
        await outcome(iam.createGroup({ GroupName: 'g'.repeat(129) })),
      ];
    },
    is: ['EntityAlreadyExists 409', 'ok', 'ValidationError 400'],
    differs: {
      moto: ['ok', 'ok', 'ok'],
      why: 'moto takes any name',
      doc: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    },
  },
];
