import { partitionOf } from '../iam/arn.ts';
import { HubAccessError, type HubOptions } from './access.ts';
import { knownMainRegion, PARTITIONS } from './partitions.ts';

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
