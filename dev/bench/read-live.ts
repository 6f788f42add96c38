/** The reading part of the action alone: no comparison, no report. */
import { openHub } from '../../src/live/open-hub.ts';
import { readLive } from '../../src/live/read-live.ts';
import type { State } from '../../src/state/state.ts';
import { type Job, job } from './job.ts';

const { url, estate, concurrency } = job();

function wanted({ hub, user, groups, targets, roleName }: Job['estate']): State {
  return {
    partition: 'aws',
    hub: { account: hub, user: { name: user, found: undefined }, groups: groups.map((name) => ({ name, found: undefined })) },
    targets: targets.map((account) => ({
      account,
      name: undefined,
      owner: undefined,
      roleName,
      roleArn: `arn:aws:iam::${account}:role/${roleName}`,
      grantGroup: undefined,
      role: { name: roleName, found: undefined },
    })),
  };
}

const access = await openHub({
  account: estate.hub,
  partition: 'aws',
  role: `arn:aws:iam::${estate.hub}:role/HubAuditor`,
  region: 'us-east-1',
  sessionName: 'drift-bench-1',
  environment: { AWS_ACCESS_KEY_ID: estate.accessKeyId, AWS_SECRET_ACCESS_KEY: estate.secretAccessKey },
  endpoints: { iam: url, sts: url },
  concurrency,
});
const auditor = { roleName: estate.auditorRoleName, externalId: undefined };
const { errors, state } = await readLive({ desired: wanted(estate), auditor, access, concurrency });
access.close();
if (errors.length > 0) throw new Error(JSON.stringify(errors[0]));
if (state.targets.some(({ role }) => !role.found)) throw new Error('a role was not found');
