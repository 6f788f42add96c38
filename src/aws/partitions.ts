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
export const PARTITIONS: readonly Partition[] = [
  { id: 'aws-cn', mainRegion: 'cn-north-1', regions: /^cn-/ },
  { id: 'aws-us-gov', mainRegion: 'us-gov-west-1', regions: /^us-gov-/ },
  { id: 'aws-iso', mainRegion: 'us-iso-east-1', regions: /^us-iso-/ },
  { id: 'aws-iso-b', mainRegion: 'us-isob-east-1', regions: /^us-isob-/ },
  { id: 'aws-iso-e', mainRegion: 'eu-isoe-west-1', regions: /^eu-isoe-/ },
  { id: 'aws-iso-f', mainRegion: 'us-isof-south-1', regions: /^us-isof-/ },
  { id: 'aws-eusc', mainRegion: 'eusc-de-east-1', regions: /^eusc-/ },
  { id: 'aws', mainRegion: 'us-east-1', regions: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-/ },
];

/** The partition's main region, which also has the events of IAM; `undefined` for a partition that is not in the table. */
export function knownMainRegion(partition: string): string | undefined {
  return PARTITIONS.find(({ id }) => id === partition)?.mainRegion;
}

/** The region in which AWS Organizations is called and signed for: https://docs.aws.amazon.com/general/latest/gr/ao.html */
export function organizationsRegion(partition: string, region: string): string {
  return partition === 'aws-cn' ? 'cn-northwest-1' : (knownMainRegion(partition) ?? region);
}
