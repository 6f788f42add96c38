import { knownMainRegion } from '../aws/partitions.ts';

/** Whose event histories are read. */
export interface Regions {
  /** The one that has the events of IAM and of the global endpoint of STS. */
  readonly home: string;
  /** The one in which this run calls STS, as others of the same organization probably do. */
  readonly own: string;
}

/** The region whose event history has the events of IAM. @param own the run's, for a partition that is not known here */
export function homeRegion(partition: string, own: string): string {
  return knownMainRegion(partition) ?? own;
}
