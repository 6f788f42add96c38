/** Milliseconds in a day. Days here are days in UTC, which has no daylight saving time. */
export const DAY = 24 * 60 * 60 * 1000;

/** The day in UTC, as `YYYY-MM-DD`. Two such texts compare as the days do. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

const MONTHS: readonly string[] = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** For people: `29 Nov 2026 03:12 UTC`. @param at milliseconds since the epoch */
export function utcMinute(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 16)} UTC`;
}

/** The same time of day, this many days later. */
export function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY);
}

/** How many whole days have passed between two points in time; a day that has begun does not count. */
export function wholeDaysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY);
}

/** Whether the text is a day as `YYYY-MM-DD` that the calendar has. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && utcDay(day) === text;
}
