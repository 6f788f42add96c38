import { getOctokit } from '@actions/github';
import { FULL_TOKEN } from '../../dev/github/tokens.ts';
import { DIRECT } from '../../dev/network/direct.ts';
import { type ConnectOptions, connect } from '../../src/publish/octokit.ts';
import { TestClock } from '../test-clock.ts';

/** A run's client of the GitHub at that address: it may do everything, and its waiting takes no time. */
export function client({ url }: { readonly url: string }, options: Partial<ConnectOptions> = {}): ReturnType<typeof connect> {
  return connect({ getOctokit, token: FULL_TOKEN.value, baseUrl: url, clock: new TestClock(), fetch: DIRECT.fetch, ...options });
}
