import type { PageLinks } from '../sections/links.ts';

export interface PageOptions extends PageLinks {
  /** Bytes of UTF-8. */
  readonly limit?: number;
}

/** GitHub drops the whole summary of a step that has more than 1 MiB. Other tools may write to the summary of the same step. */
export const SUMMARY_LIMIT = 1_000_000;

/** GitHub refuses a longer body of an issue or comment. It counts characters; a text has at least as many bytes. */
export const BODY_LIMIT = 65_536;
