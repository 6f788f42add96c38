/** Those that speak the Query protocol: form parameters in, XML out. */
export type QueryService = 'iam' | 'sts';

/** CloudTrail speaks JSON. */
export type Service = QueryService | 'cloudtrail';
