import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from '@jest/globals';
import { HubAccessError } from '../../src/aws/access.ts';
import { regionOf } from '../../src/aws/regions.ts';

const role = (partition: string) => `arn:${partition}:iam::111111111111:role/Auditor`;

/** The main region of each partition that a desired-state file may name, and where calls to it go. */
const PARTITIONS: readonly (readonly [string, string, string, string])[] = [
  ['aws', 'us-east-1', 'sts.us-east-1.amazonaws.com', 'iam.amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com', 'iam.us-gov.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'sts.cn-north-1.amazonaws.com.cn', 'iam.cn-north-1.amazonaws.com.cn'],
  ['aws-iso', 'us-iso-east-1', 'sts.us-iso-east-1.c2s.ic.gov', 'iam.us-iso-east-1.c2s.ic.gov'],
  ['aws-iso-b', 'us-isob-east-1', 'sts.us-isob-east-1.sc2s.sgov.gov', 'iam.us-isob-east-1.sc2s.sgov.gov'],
  ['aws-iso-e', 'eu-isoe-west-1', 'sts.eu-isoe-west-1.cloud.adc-e.uk', 'iam.eu-isoe-west-1.cloud.adc-e.uk'],
  ['aws-iso-f', 'us-isof-south-1', 'sts.us-isof-south-1.csp.hci.ic.gov', 'iam.us-isof-south-1.csp.hci.ic.gov'],
  ['aws-eusc', 'eusc-de-east-1', 'sts.eusc-de-east-1.amazonaws.eu', 'iam.eusc-de-east-1.amazonaws.eu'],
];

describe('no region is asked for', () => {
  test.each(PARTITIONS)('%s: %s', (partition, region, sts, iam) => {
    expect(regionOf({ region: undefined, partition, role: '' })).toBe(region);
    expect(regionOf({ region: undefined, partition: undefined, role: role(partition) })).toBe(region);
    expect([hostOf(new STSClient({ region }), region), hostOf(new IAMClient({ region }), region)]).toEqual([sts, iam]);
  });

  test('and nothing says which partition it is', () => {
    expect(regionOf({ region: undefined, partition: undefined, role: '' })).toBe('us-east-1');
  });

  test('of a partition that is not known', () => {
    const error = refusal({ region: undefined, partition: 'aws-new', role: '' });
    expect(error).toMatchObject({ message: expect.stringContaining('aws-new'), advice: expect.stringContaining('aws-region') });
  });
});

function hostOf({ config }: Pick<STSClient | IAMClient, 'config'>, Region: string): string {
  return config.endpointProvider({ Region, UseGlobalEndpoint: false }, {}).url.hostname;
}

describe('a region that is asked for', () => {
  test.each([
    ['eu-central-1', 'aws', ''],
    ['us-gov-east-1', 'aws-us-gov', ''],
    ['cn-northwest-1', 'aws-cn', ''],
    ['eusc-de-west-1', 'aws-eusc', ''],
    ['xx-new-1', 'aws-us-gov', ''],
    ['us-gov-west-1', undefined, role('aws-us-gov')],
    ['us-gov-west-1', undefined, ''],
  ])('%s in %s', (region, partition, signsIn) => {
    expect(regionOf({ region, partition, role: signsIn })).toBe(region);
  });

  test.each([
    ['us-east-1', 'aws-us-gov', '', 'aws', /desired-state file is in the partition aws-us-gov/, /us-gov-west-1.*hub\.partition/],
    ['us-gov-west-1', 'aws', '', 'aws-us-gov', /in the partition aws\./, /us-east-1/],
    ['eu-isoe-west-1', 'aws', '', 'aws-iso-e', /in the partition aws\./, /us-east-1/],
    ['cn-north-1', undefined, role('aws'), 'aws-cn', /the role that signs in is in the partition aws\./, /ARN of the role/],
  ])('%s is not in %s', (region, partition, signsIn, actual, message, advice) => {
    const error = refusal({ region, partition, role: signsIn });
    expect(error.message).toMatch(new RegExp(`aws-region is ${region}, a region of the partition ${actual}, but .*Nothing was sent`));
    expect(error.message).toMatch(message);
    expect(error.advice).toMatch(advice);
  });
});

function refusal(options: Parameters<typeof regionOf>[0]): HubAccessError {
  try {
    regionOf(options);
  } catch (error) {
    if (error instanceof HubAccessError) return error;
  }
  throw new Error('expected a HubAccessError');
}
