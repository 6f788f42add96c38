import { expect, test } from '@jest/globals';
import { actorOf } from '../../src/attribution/actor.ts';
import { parseEvent } from '../../src/attribution/trail-event.ts';
import { viaOf } from '../../src/attribution/via.ts';
import { readSamples } from './read-samples.ts';

/** Events that others have published, read as those of LookupEvents are. */

const SAMPLES = readSamples();

function read(name: string) {
  const event = parseEvent(JSON.stringify(SAMPLES.get(name)?.record));
  if (event === undefined) throw new Error(`${name} is not read`);
  return event;
}

test.each([...SAMPLES.keys()])('%s is read', (name) => {
  const { eventName, eventID, eventTime, errorCode } = SAMPLES.get(name)?.record ?? {};
  expect(read(name)).toMatchObject({ name: eventName, id: eventID, at: Date.parse(eventTime ?? ''), isRefused: errorCode !== undefined });
});

const HOW: readonly (readonly [sample: string, via: string, actor: RegExp])[] = [
  ['add-user-to-group-console', 'console', /^arn:aws:iam::\d{12}:user\//],
  ['assume-role-from-elsewhere-role', 'cli', /^\d{12} \(AIDA\w+\)$/],
  ['assume-role-service', 'service', /^ec2\.amazonaws\.com$/],
  ['attach-role-policy-cloudformation', 'CloudFormation', /:assumed-role\/.*\/AWSCloudFormation$/],
  ['attach-role-policy-root', 'service', /^arn:aws:iam::\d{12}:root$/],
  ['attach-role-policy-sdk', 'sdk', /:user\//],
  ['create-group-console', 'console', /:user\//],
  ['create-policy-console', 'console', /:user\//],
  ['delete-role-console', 'console', /:user\//],
  ['detach-role-policy-service-linked-role', 'service', /:assumed-role\/AWSServiceRoleForSSO\//],
  ['get-caller-identity-federated-user', 'sdk', /:federated-user\//],
  ['put-role-policy-terraform', 'Terraform', /:assumed-role\//],
  ['update-access-key-console', 'console', /:user\//],
  ['update-assume-role-policy-cli', 'cli', /:user\//],
  ['update-assume-role-policy-console-role', 'console', /:assumed-role\//],
];

test.each(HOW)('%s came through %s', (name, via, actor) => {
  const event = read(name);
  expect([viaOf(event, []), actorOf(event.identity)]).toEqual([via, expect.stringMatching(actor)]);
});

const OWN = {
  eventID: 'e',
  eventName: 'TagRole',
  eventTime: '2026-11-29T03:12:00Z',
  userAgent: 'assume-role-drift (drift-12-1)',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::222222222222:assumed-role/AssumeRoleFixer/drift-12-1',
    sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::222222222222:role/AssumeRoleFixer' } },
  },
};

test.each([
  ['a run of this action', {}, 'this-action'],
  ['one of an older version, with another user agent', { userAgent: 'aws-sdk-js/3.1' }, 'this-action'],
  [
    'somebody who calls a session of another role like a run',
    { userIdentity: { ...OWN.userIdentity, sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::222222222222:role/Admin' } } } },
    'sdk',
  ],
])('%s', (_, changes, via) => {
  const event = parseEvent(JSON.stringify({ ...OWN, ...changes }));
  expect(event && viaOf(event, ['AssumeRoleFixer'])).toBe(via);
});

test.each([
  ['', 'nothing'],
  ['null', 'null'],
  ['[]', 'a list'],
  ['{"eventName":"b"}', 'without a time'],
  ['{"eventName":"b","eventTime":"yesterday"}', 'with another time'],
])('%s is no event: %s', (json) => {
  expect(parseEvent(json)).toBeUndefined();
});

test('fields of another form are as good as missing', () => {
  const hostile = { ...OWN, userIdentity: [], userAgent: 7, requestParameters: 'x', responseElements: [1], sourceIPAddress: null };
  expect(parseEvent(JSON.stringify(hostile))).toMatchObject({ request: {}, response: {}, userAgent: '', identity: { type: '' } });
});
