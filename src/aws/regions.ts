import { partitionOf } from '../iam/arn.ts';
import { HubAccessError, type HubOptions } from './access.ts';

interface Partition {
  readonly id: string;
  /** The region of its global services, or, in China, the one for which IAM signs. */
  readonly mainRegion: string;
  readonly regions: RegExp;
}

/**
 * AWS's partitions, as the SDK knows them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html. Whatever of `us-…` or `eu-…` is not in
 * another one is in `aws`.
 */
const PARTITIONS: readonly Partition[] = [
  { id: 'aws-cn', mainRegion: 'cn-north-1', regions: /^cn-/ },
  { id: 'aws-us-gov', mainRegion: 'us-gov-west-1', regions: /^us-gov-/ },
  { id: 'aws-iso', mainRegion: 'us-iso-east-1', regions: /^us-iso-/ },
  { id: 'aws-iso-b', mainRegion: 'us-isob-east-1', regions: /^us-isob-/ },
  { id: 'aws-iso-e', mainRegion: 'eu-isoe-west-1', regions: /^eu-isoe-/ },
  { id: 'aws-iso-f', mainRegion: 'us-isof-south-1', regions: /^us-isof-/ },
  { id: 'aws-eusc', mainRegion: 'eusc-de-east-1', regions: /^eusc-/ },
  { id: 'aws', mainRegion: 'us-east-1', regions: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-/ },
];

/**
 * The region for STS and IAM: the one that is asked for, or else the main region of the partition, which is the file's or, without a file, that of the role.
 *
 * @throws {HubAccessError} when the region is in another partition, or is left out and the partition is not known
 */
export function regionOf({ region, partition, role }: Pick<HubOptions, 'region' | 'partition' | 'role'>): string {
  const id = partition ?? partitionOf(role);
  if (region === undefined) return mainRegionOf(id ?? 'aws');
  const actual = PARTITIONS.find(({ regions }) => regions.test(region))?.id;
  if (id === undefined || actual === undefined || actual === id) return region;
  const [what, correct] =
    partition === undefined
      ? ['the role that signs in', 'the ARN of the role']
      : ['the hub of the desired-state file', 'hub.partition in the file'];
  throw wrongRegion(
    `The input aws-region is ${region}, a region of the partition ${actual}, but ${what} is in the partition ${id}. Nothing was sent.`,
    `Leave the input aws-region empty for ${mainRegionOf(id)}, set it to a region of the partition ${id}, or correct ${correct}.`,
  );
}

/** The partition's main region, which also has the events of IAM; `undefined` for a partition that is not in the table. */
export function knownMainRegion(partition: string): string | undefined {
  return PARTITIONS.find(({ id }) => id === partition)?.mainRegion;
}

/** The region in which AWS Organizations is called and signed for: https://docs.aws.amazon.com/general/latest/gr/ao.html */
export function organizationsRegion(partition: string, region: string): string {
  return partition === 'aws-cn' ? 'cn-northwest-1' : (knownMainRegion(partition) ?? region);
}

function mainRegionOf(partition: string): string {
  const main = knownMainRegion(partition);
  if (main !== undefined) return main;
  throw wrongRegion(
    `This action does not know the regions of the partition ${partition}. Nothing was sent.`,
    'Set the input aws-region to a region of that partition.',
  );
}

function wrongRegion(message: string, advice: string): HubAccessError {
  return new HubAccessError('WrongRegion', 'credentials', message, advice);
}
