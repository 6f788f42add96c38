import { HttpResponse } from '@smithy/core/protocols';
import type { DeserializeMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import { UnexpectedAnswer } from '../answers.ts';
import { errorCode, errorMessage, httpStatus } from '../errors.ts';

/**
 * Turns a response that is not AWS's (a proxy's page, a body that breaks off, something that is not HTTP) into an `UnexpectedAnswer`, which is retried
 * like a failure of the server.
 */
export function awsAnswersOnly<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output> {
  const refusePages: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    const result = await next(args);
    const { response } = result;
    if (HttpResponse.isInstance(response) && /\bhtml\b/i.test(response.headers['content-type'] ?? '')) {
      const body = await wholeOf(response.body);
      // Emulators send some of their XML errors, and some of their JSON, as HTML.
      if (!/<\w+Response[\s>]|^\s*\{/.test(body.toString())) {
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
      if (code === 'Unknown') throw new UnexpectedAnswer('an error without an AWS error code', httpStatus(error));
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
