import type { Endpoints } from '@octokit/types';
import { type AnswerTo, type Route, readAnswer } from './answers.ts';
import type { Octokit } from './octokit.ts';

/** What a call is given: its parameters, how often it is tried again, and how many milliseconds an attempt may take. */
type Parameters<R extends Route> = Endpoints[R]['parameters'] & {
  readonly request?: { readonly retries: number; readonly timeout?: number };
};

/** For calls that must not happen twice: when an answer is lost, the call may have done its work. */
export const ONCE = { retries: 0 } as const;

/** For what the run can do without: half a minute at most where there is no answer. */
export const BRIEFLY = { retries: 2, timeout: 8_000 } as const;

/**
 * Makes a call. Every call to GitHub is made here or by `askPages`, so every answer has the form that it should have.
 *
 * @throws {OddAnswer} as `readAnswer` does, and Octokit's errors; `githubProblem` explains both
 */
export async function ask<R extends Route>(octokit: Octokit, route: R, parameters: Parameters<R>): Promise<AnswerTo<R>> {
  return (await send(octokit, route, { ...endpointOf(route), ...parameters })).answer;
}

/** The pages of a list, one after another, as they are needed. */
export async function* askPages<R extends Route>(octokit: Octokit, route: R, parameters: Parameters<R>): AsyncGenerator<AnswerTo<R>, void> {
  const first = await send(octokit, route, { ...endpointOf(route), ...parameters });
  yield first.answer;
  for (let next = first.next; next !== undefined; ) {
    const page: Sent<R> = await send(octokit, route, { method: 'GET', url: next });
    yield page.answer;
    next = page.next;
  }
}

interface Sent<R extends Route> {
  readonly answer: AnswerTo<R>;
  /** URL of the next page: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
  readonly next: string | undefined;
}

async function send<R extends Route>(octokit: Octokit, route: R, call: { method: string; url: string }): Promise<Sent<R>> {
  const { data, headers } = await octokit.request<unknown>(call);
  return { answer: readAnswer(route, data), next: /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1] };
}

function endpointOf(route: Route): { readonly method: string; readonly url: string } {
  const [method = '', url = ''] = route.split(' ');
  return { method, url };
}
