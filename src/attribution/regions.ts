/** Whose event histories are read. */
export interface Regions {
  /** The one that has the events of IAM and of the global endpoint of STS. */
  readonly home: string;
  /** The one in which this run calls STS, as others of the same organization probably do. */
  readonly own: string;
}

const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

/** The region whose event history has the events of IAM. @param own the run's, for a partition that is not known here */
export function homeRegion(partition: string, own: string): string {
  return HOME_REGIONS.get(partition) ?? own;
}
