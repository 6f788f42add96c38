/** The embedded AWS in a process of its own, so that its CPU time is not the contender's. Talks to its parent by IPC. */
import { startAws } from '../aws/server.ts';
import { seed } from './estate.ts';

const [size = '10', lag = '40'] = process.argv.slice(2);
const aws = await startAws();
const estate = seed(aws, Number(size));
aws.settings.latencyMs = Number(lag);

process.on('message', (message) => {
  if (message === 'load') process.send?.({ requests: aws.load.requests, mostInFlight: aws.load.mostInFlight });
  if (message === 'zero') {
    aws.calls.length = 0;
    Object.assign(aws.load, { requests: 0, connections: 0, mostInFlight: 0 });
    process.send?.('zeroed');
  }
});
process.on('disconnect', () => process.exit());
process.send?.({ url: aws.url, estate });
