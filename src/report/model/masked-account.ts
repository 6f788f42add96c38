import type { Report } from './schema.ts';

/** Whether the report went through `maskReport`. */
export function isMasked(report: Report): boolean {
  return isMaskedAccount(report.hub.account);
}

/** Whether an account id is shortened, as in `…9012`. */
export function isMaskedAccount(account: string): boolean {
  return account.startsWith('…');
}

/** The last four digits, which masking keeps: of `123456789012`, `…9012` and `…9012·2` alike. `undefined` for what is not an account id. */
export function lastDigits(account: string): string | undefined {
  return /(\d{4})(?:·\d+)?$/.exec(account)?.[1];
}
