import { accountOf } from '../iam/arn.ts';
import type { QuotaUse } from '../state/desired.ts';
import type { Draft } from './draft.ts';

/** Rule `quota-exceeded`: told from the file alone, before AWS refuses what is wanted. */
export function quotaDrift(quotas: readonly QuotaUse[]): Draft[] {
  return quotas
    .filter(({ used, limit }) => used > limit)
    .map(({ what, resource, used, limit, unit, location }) => ({
      rule: 'quota-exceeded',
      account: accountOf(resource) ?? '',
      resource,
      access: 'none',
      message: `The desired state does not fit: ${what} would be ${used} ${unit}, and AWS allows ${limit}.`,
      location,
      desired: { used, limit, unit },
      identity: what,
    }));
}

/** Quotas that are more than 80 % full and still fit. */
export function nearlyFull(quotas: readonly QuotaUse[]): readonly QuotaUse[] {
  return quotas.filter(({ used, limit }) => used <= limit && used > 0.8 * limit);
}
