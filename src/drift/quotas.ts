import type { QuotaUse } from '../state/desired.ts';
import type { FindingInput } from './finding.ts';

/** Rule `quota-exceeded`: found in the file alone, before AWS refuses the calls. */
export function quotaDrift(quotas: readonly QuotaUse[]): FindingInput[] {
  return quotas
    .filter(({ used, limit }) => used > limit)
    .map((use) => {
      const { used, limit, unit, location } = use;
      return { difference: { kind: 'quota', use, desired: { used, limit, unit }, live: null }, access: 'none', location };
    });
}

/** Quotas that are more than 80 % full and still fit. */
export function nearlyFull(quotas: readonly QuotaUse[]): readonly QuotaUse[] {
  return quotas.filter(({ used, limit }) => used <= limit && used > 0.8 * limit);
}
