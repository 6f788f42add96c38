import type { Access } from '../../drift/access.ts';
import { ACCESS_ORDER } from './order.ts';
import type { ReportFinding } from './schema.ts';

/** How every page shows an access. */
export const ACCESS_TEXTS: Readonly<Record<Access, { readonly emoji: string; readonly meaning: string }>> = {
  widened: { emoji: '🔴', meaning: 'allows more than the file' },
  changed: { emoji: '🟠', meaning: 'allows more in some respects and less in others, or cannot be decided' },
  narrowed: { emoji: '🟡', meaning: 'allows less than the file' },
  none: { emoji: '⚪', meaning: 'no difference in access' },
};

/** `1 widened, 2 narrowed`: how many findings of each access, worst first; empty without findings. */
export function accessCounts(findings: readonly ReportFinding[]): string {
  return ACCESS_ORDER.map((access) => ({ access, number: findings.filter((finding) => finding.access === access).length }))
    .filter(({ number }) => number > 0)
    .map(({ access, number }) => `${number} ${access === 'none' ? 'without effect on access' : access}`)
    .join(', ');
}
