import { HttpRequest } from '@smithy/core/protocols';
import type { BuildMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import { removeMiddleware } from './remove-middleware.ts';

/** CloudTrail shows the user agent, with the run's name in it: credentials from the environment have a session name of their own. */
const USER_AGENT = 'assume-role-drift';

/**
 * Takes out what these calls don't need and what costs a tenth of their time: retries (`retry.ts` makes them for each account), logging, the detection of
 * Lambda loops, and a user agent that is put together anew for each request.
 */
export function leanStack<Input extends object, Output extends MetadataBearer>(runName: string | undefined): Pluggable<Input, Output> {
  const agent = runName === undefined ? USER_AGENT : `${USER_AGENT} (${runName})`;
  const userAgent: BuildMiddleware<Input, Output> = (next) => (args) => {
    if (HttpRequest.isInstance(args.request)) args.request.headers['user-agent'] = agent;
    return next(args);
  };
  return {
    applyToStack(stack) {
      removeMiddleware(stack, ['retryMiddleware', 'loggerMiddleware', 'recursionDetectionMiddleware', 'getUserAgentMiddleware']);
      stack.add(userAgent, { name: 'userAgentMiddleware', step: 'build' });
    },
  };
}
