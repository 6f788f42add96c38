/** Ranks of rows on the pages of a report, see `fitPage`. The rank of a finding's severity (0 to 7) is added to `finding`. */
export const REPORT_RANKS = {
  unread: 0,
  problem: 1,
  finding: 2,
  plan: 10,
  notes: 11,
  made: 12,
  repaired: 12,
  excepted: 13,
  other: 14,
} as const;

/** The same on the pages of a pull request, for `causes` and the following. `problem` and `other` are of the table of accounts. */
export const PULL_RANKS = {
  unread: 0,
  asked: 1,
  causes: 2,
  unsure: 10,
  resolves: 18,
  drifted: 19,
  plan: 27,
  notes: 28,
  problem: 32,
  other: 33,
} as const;
