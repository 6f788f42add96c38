/** Only the part of the action that reads: no comparison, no report. */
import { openHub } from '../../src/aws/open-hub.ts';
import { readLive } from '../../src/live/read-live.ts';
import type { State } from '../../src/state/state.ts';
import { systemClock } from '../../src/time/clock.ts';
import { Deadline } from '../../src/time/deadline.ts';
import { DIRECT } from '../network/direct.ts';
import { job } from './job.ts';

const { url, hub, user, groups, roleName, targets, auditorRole, accessKeyId, secretAccessKey, concurrency } = job();

const desired: State = {
  partition: 'aws',
  hub: { account: hub, user: { name: user, value: undefined }, groups: groups.map((name) => ({ name, value: undefined })) },
  targets: targets.map((account) => ({
    account,
    name: undefined,
    owner: undefined,
    roleName,
    roleArn: `arn:aws:iam::${account}:role/${roleName}`,
    grantGroup: undefined,
    role: { name: roleName, value: undefined },
  })),
  accounts: targets.map((account) => ({ account })),
};

const access = await openHub({
  account: hub,
  partition: 'aws',
  role: auditorRole,
  region: 'us-east-1',
  sessionName: 'drift-bench-1',
  environment: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  endpoints: { iam: url, sts: url },
  concurrency,
  network: DIRECT,
  clock: systemClock,
  deadline: new Deadline({ clock: systemClock, startedAt: Date.now(), minutes: 60, cancelled: new AbortController().signal }),
});
const auditor = { roleName: 'AssumeRoleAuditor', externalId: undefined };
const { errors, state } = await readLive({ desired, auditor, access, concurrency });
access.close();
if (errors.length > 0) throw new Error(JSON.stringify(errors[0]));
if (state.targets.some(({ role }) => !role.value)) throw new Error('a role was not found');
