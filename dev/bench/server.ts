/** The embedded AWS in its own process, so that its CPU time does not count as the contender's. Talks to its parent by IPC. */
import { guideEstate } from '../aws/guide.ts';
import { seedEstate } from '../aws/seed.ts';
import { startAws } from '../aws/server.ts';
import type { Job } from './job.ts';

const [size = '10', lag = '40', concurrency = '64'] = process.argv.slice(2);
const aws = await startAws();
const { estate, workflowUser, ...guide } = guideEstate({ targets: Number(size) });
const { accessKeyId, secretAccessKey } = (await seedEstate(aws.url, estate)).key(guide.hub, workflowUser);
aws.settings.latencyMs = Number(lag);

process.on('message', (message) => {
  if (message === 'load') process.send?.({ requests: aws.load.requests, mostInFlight: aws.load.mostInFlight, firstAt: aws.calls[0]?.at });
  if (message === 'zero') {
    aws.calls.length = 0;
    aws.forgetEvents();
    Object.assign(aws.load, { requests: 0, connections: 0, mostInFlight: 0 });
    process.send?.('zeroed');
  }
});
process.on('disconnect', () => process.exit());
const job: Job = { ...guide, url: aws.url, accessKeyId, secretAccessKey, concurrency: Number(concurrency) };
process.send?.(job);
