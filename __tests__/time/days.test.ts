import { describe, expect, test } from '@jest/globals';
import { DAY, daysAfter, isCalendarDay, utcDay, wholeDaysBetween } from '../../src/time/days.ts';

const at = (text: string) => new Date(text);

test('a day has 86,400 seconds', () => {
  expect(DAY).toBe(86_400_000);
});

test.each([
  ['2026-11-22T00:00:00Z', '2026-11-22'],
  ['2026-11-22T23:59:59.999Z', '2026-11-22'],
  ['2026-11-22T23:30:00-02:00', '2026-11-23'],
])('%s is on the day %s in UTC', (time, day) => {
  expect(utcDay(at(time))).toBe(day);
});

test.each([
  ['2028-02-28T13:00:00Z', 1, '2028-02-29T13:00:00.000Z'],
  ['2026-12-31T13:00:00Z', 14, '2027-01-14T13:00:00.000Z'],
  ['2026-11-22T13:00:00Z', 0, '2026-11-22T13:00:00.000Z'],
])('%s and %i days is %s', (time, days, later) => {
  expect(daysAfter(at(time), days).toISOString()).toBe(later);
});

test.each([
  ['2026-11-01T03:00:00Z', '2026-11-01T03:00:00Z', 0],
  ['2026-11-01T03:00:00Z', '2026-11-02T02:59:59.999Z', 0],
  ['2026-11-01T03:00:00Z', '2026-11-02T03:00:00Z', 1],
  ['2026-03-01T00:00:00Z', '2026-05-30T12:00:00Z', 90],
])('from %s to %s there are %i whole days', (from, to, days) => {
  expect(wholeDaysBetween(at(from), at(to))).toBe(days);
});

describe('a day of the calendar', () => {
  test.each(['2026-01-31', '2028-02-29', '0001-01-01'])('%s', (text) => {
    expect(isCalendarDay(text)).toBe(true);
  });

  test.each(['2026-02-30', '2027-02-29', '2026-13-01', '2026-00-10', '2026-1-31', '2026-01-31T00:00:00Z', ' 2026-01-31', ''])(
    'not %j',
    (text) => {
      expect(isCalendarDay(text)).toBe(false);
    },
  );
});
