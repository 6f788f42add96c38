/** Those that speak the Query protocol: form parameters in, XML out. */
export type QueryService = 'iam' | 'sts';

/** CloudTrail and Organizations speak JSON. */
export type Service = QueryService | 'cloudtrail' | 'organizations';

export function isQueryService(service: Service): service is QueryService {
  return service === 'iam' || service === 'sts';
}
