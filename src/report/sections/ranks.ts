/** Ranks of rows on the pages of a report, see `fitPage`. The rank of a finding's access (0 to 3) is added to `finding`. */
export const REPORT_RANKS = {
  unread: 0,
  problem: 1,
  finding: 2,
  plan: 6,
  notes: 7,
  made: 8,
  repaired: 8,
  excepted: 9,
  other: 10,
} as const;

/** The same on the pages of a pull request, for `causes` and the following. `problem` and `other` are of the table of accounts. */
export const PULL_RANKS = {
  unread: 0,
  asked: 1,
  causes: 2,
  unsure: 6,
  resolves: 10,
  drifted: 11,
  plan: 15,
  notes: 16,
  problem: 20,
  other: 21,
} as const;
