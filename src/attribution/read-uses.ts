import type { Finding } from '../drift/finding.ts';
import { grouped } from '../text/grouped.ts';
import type { Clock } from '../time/clock.ts';
import { DAY } from '../time/days.ts';
import type { Cause, History } from './cause.ts';
import { type Histories, merged } from './histories.ts';
import type { Regions } from './regions.ts';
import type { TraceScene } from './traces.ts';
import { type Use, type UseInquiry, useInquiryOf, useOf } from './use.ts';

/** CloudTrail's event history: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const HISTORY_DAYS = 90;

interface Inquiry {
  readonly finding: Finding;
  readonly inquiry: UseInquiry;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** How often each finding's role was assumed since its cause. The findings of one role share one chain of pages in each region. */
export async function readUses(
  caused: readonly { readonly finding: Finding; readonly cause: Cause }[],
  { desired, live }: TraceScene,
  histories: Histories,
  { clock, regions }: { readonly clock: Clock; readonly regions: Regions },
): Promise<ReadonlyMap<Finding, Use>> {
  const begin = clock.now() - HISTORY_DAYS * DAY;
  const inquiries = caused.flatMap(({ finding, cause }): Inquiry[] => {
    const inquiry = cause.match === 'not-looked-up' ? undefined : useInquiryOf(finding, desired, live);
    return inquiry === undefined ? [] : [{ finding, inquiry, since: cause.at === null ? begin : Date.parse(cause.at) }];
  });
  const byRole = grouped(inquiries, ({ inquiry: { account, roleArn } }) => `${account} ${roleArn}`);
  const uses = await Promise.all(
    [...byRole.values()].map(async (group) => {
      const [{ inquiry }] = group;
      const since = Math.min(...group.map((one) => one.since));
      const places = new Set([regions.home, regions.own, ...group.flatMap((one) => one.inquiry.region ?? [])]);
      const history = await readRegions({ ...inquiry, since }, [...places].sort(), histories);
      if (history === undefined) return [];
      return group.map((one) => [one.finding, useOf(one.inquiry, history, one.since)] as const);
    }),
  );
  return new Map(uses.flat());
}

/** @returns `undefined` where no region could be read */
async function readRegions(
  { account, roleArn, since }: Pick<UseInquiry, 'account' | 'roleArn'> & { readonly since: number },
  regions: readonly string[],
  histories: Histories,
): Promise<(History & { readonly regions: readonly string[] }) | undefined> {
  const read = await Promise.all(regions.map((region) => histories.look({ account, region, name: roleArn, since })));
  const found = regions.flatMap((region, index) => {
    const history = read[index];
    return history === undefined || 'failed' in history ? [] : [{ region, history }];
  });
  if (found.length === 0) return undefined;
  const { events, isWhole } = merged(found.map(({ history }) => history));
  return { events, isWhole: isWhole && found.length === regions.length, regions: found.map(({ region }) => region) };
}
