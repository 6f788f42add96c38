import type { CloudTrailRecord } from '../../../dev/aws/cloudtrail/event.ts';
import { readSamples } from '../../attribution/read-samples.ts';

/** Came with later versions than some samples have. */
const LATER: ReadonlySet<string> = new Set([
  'awsRegion',
  'eventCategory',
  'eventID',
  'eventType',
  'managementEvent',
  'readOnly',
  'recipientAccountId',
  'requestID',
  'sharedEventID',
  'sessionCredentialFromConsole',
]);
const LATER_PARTS = /^(?:tlsDetails|resources)\b/;

/** What sets a sample apart from the form: left empty or out by the publisher, of an instance alone, or a counter that AWS leaves out at times. */
const ASIDE: ReadonlySet<string> = new Set([
  'errorMessage',
  'managementEvent',
  'responseElements.policy.permissionsBoundaryUsageCount',
  'userIdentity.sessionContext.ec2RoleDelivery',
]);

/** Types by their paths: `requestParameters.roleName` is a string. */
function shapeOf(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => shapeOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [[path, value === null ? 'null' : typeof value]];
  return Object.entries(value).flatMap(([name, item]) => shapeOf(item, path === '' ? name : `${path}.${name}`));
}

/** Fields of the sample that the event lacks or has with another type, and fields that only the event has. */
export function compare(record: CloudTrailRecord | undefined, sampleName: string): { missing: string[]; other: string[] } {
  const sample = readSamples().get(sampleName)?.record ?? {};
  const [ours, theirs] = [new Map(shapeOf(record)), new Map(shapeOf(sample))];
  const old = Number(sample.eventVersion?.split('.')[1]) < 10;
  const later = (path: string) => old && (LATER.has(path) || LATER_PARTS.test(path));
  return {
    missing: [...theirs].filter(([path, type]) => !ASIDE.has(path) && ours.get(path) !== type).map(([path, type]) => `${path}: ${type}`),
    other: [...ours.keys()].filter((path) => !theirs.has(path) && !ASIDE.has(path) && !later(path)),
  };
}
