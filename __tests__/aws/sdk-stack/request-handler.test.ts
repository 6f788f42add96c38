import { GetRoleCommand } from '@aws-sdk/client-iam';
import { expect, test } from '@jest/globals';
import { DIRECT } from '../../../dev/network/direct.ts';
import { createClients, defaultTimeouts } from '../../../src/aws/clients.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { noDeadline } from '../../deadlines.ts';

test('requests that can not be made leave no timers behind', async () => {
  const clients = createClients({
    region: 'us-east-1',
    endpoints: { iam: 'http://127.0.0.1:1', sts: 'http://127.0.0.1:1' },
    maxSockets: 1,
    timeouts: defaultTimeouts,
    network: DIRECT,
    clock: systemClock,
    deadline: noDeadline(),
  });
  const before = timers();
  // A line break may not be in a header.
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token\n' };
  for (let call = 0; call < 20; call += 1) {
    await expect(clients.iam(new GetRoleCommand({ RoleName: 'r' }), credentials)).rejects.toThrow(/Invalid character in header/);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  // The test runner has some of its own.
  expect(timers()).toBeLessThan(before + 10);
  clients.destroy();
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
