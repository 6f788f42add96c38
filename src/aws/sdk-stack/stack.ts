import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { BuildMiddleware, DeserializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import { UnexpectedAnswer } from '../answers.ts';
import { errorCode, errorMessage, httpStatus } from '../errors.ts';

/** Shown in CloudTrail as the user agent, with the run's name: credentials that were handed in have a session name of their own. */
const USER_AGENT = 'assume-role-drift';

/**
 * Takes out of a client's stack what these calls have no use for and what costs a tenth of their time: retries (made for each account by `retry.ts`),
 * logging, the detection of Lambda loops, and a user agent that is put together anew for each request.
 */
export function leanStack<Input extends object, Output extends MetadataBearer>(runName: string | undefined): Pluggable<Input, Output> {
  const agent = runName === undefined ? USER_AGENT : `${USER_AGENT} (${runName})`;
  const userAgent: BuildMiddleware<Input, Output> = (next) => (args) => {
    if (HttpRequest.isInstance(args.request)) args.request.headers['user-agent'] = agent;
    return next(args);
  };
  return {
    applyToStack(stack) {
      for (const name of ['retryMiddleware', 'loggerMiddleware', 'recursionDetectionMiddleware', 'getUserAgentMiddleware']) {
        if (!stack.remove(name)) throw new Error(`the SDK's stack has no ${name}`);
      }
      stack.add(userAgent, { name: 'userAgentMiddleware', step: 'build' });
    },
  };
}

/** Turns what is no answer of AWS's (a proxy's page, a body that breaks off, what is no HTTP) into an `UnexpectedAnswer`, which is tried again like a failure of the server. */
export function awsAnswersOnly<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output> {
  const refusePages: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (HttpResponse.isInstance(response) && /\bhtml\b/i.test(response.headers['content-type'] ?? '')) {
      const body = await wholeOf(response.body);
      // Emulators call some of their XML errors HTML.
      if (!/<\w+Response[\s>]/.test(body.toString())) {
        throw new UnexpectedAnswer(`an HTML page with status ${response.statusCode}`, response.statusCode);
      }
      response.body = body;
    }
    return result;
  };
  const nameParseErrors: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'Unknown') throw new UnexpectedAnswer("an error without a code of AWS's", httpStatus(error));
      // Errors of the service and of the network have names and codes of their own; these are the XML parser's and the HTTP parser's.
      if (code !== 'Error' && !code.startsWith('HPE_')) throw error;
      throw new UnexpectedAnswer(errorMessage(error), httpStatus(error));
    }
  };
  return {
    applyToStack(stack) {
      stack.add(refusePages, { name: 'refusePagesMiddleware', step: 'deserialize', priority: 'low' });
      stack.add(nameParseErrors, { name: 'nameParseErrorsMiddleware', step: 'deserialize', priority: 'high' });
    },
  };
}

async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
