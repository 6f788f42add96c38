import type { Impact } from './impact.ts';
import type { RequestedAccess } from './request.ts';

/** What a pull request, or a merge queue, would change. */
export interface Proposal {
  /** `null`: a merge queue's. */
  readonly pullRequest: number | null;
  /** Head commit. */
  readonly head: string;
  readonly base: Base;
  /** `null`: the two files can't be compared. */
  readonly asked: readonly RequestedAccess[] | null;
  /** `null`: AWS was not read. */
  readonly live: Impact | null;
}

/** The file at the base commit, and why it can't be compared with where it can't. */
export interface Base {
  readonly commit: string;
  readonly status: 'compared' | 'new' | 'invalid' | 'unavailable' | 'other-hub';
  readonly reason: string;
}
