/** A number that a double holds exactly enough to be compared; `null` for all others and for leading zeros, which are then compared as text. */
export function parseNumber(text: string): number | null {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) || text.replace(/\D/g, '').length > 15) return null;
  return Number(text) + 0;
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:\.\d{1,3})?))?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d))?$/;

/**
 * Seconds since 1970 of an ISO 8601 date (a time is in UTC or has an offset) or of an epoch time in seconds. `null` for other text, and for fewer
 * digits than epoch times have had since 2001, which may be a year.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseDate(text: string): number | null {
  if (/^[1-9]\d{9,10}$/.test(text)) return Number(text);
  const parts = DATE.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', zone = 'Z'] = parts;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnight).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 60) return null;
  return midnight / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetOf(zone);
}

function offsetOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return sign === '-' ? -seconds : seconds;
}
