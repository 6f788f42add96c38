import type { IAMClientResolvedConfig } from '@aws-sdk/client-iam';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { FinalizeHandlerArguments, FinalizeRequestMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import type { Clock } from '../../time/clock.ts';
import { errorCode, errorMessage, property } from '../errors.ts';
import { removeMiddleware } from './remove-middleware.ts';

/** An AWS access key, with a token if it is a session's. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Milliseconds that the clocks may differ. AWS refuses a signature whose date is more than five minutes off:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const TOLERATED_SKEW = 4 * 60_000;

export interface Signing {
  /** Sets the credentials that sign the call with this input. */
  assign(input: object, credentials: Credentials | 'unsigned'): void;
  plugin<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output>;
}

/**
 * Signs each request with the credentials that were assigned to its input.
 *
 * The SDK keeps the chosen identity in the context of a command's handler. Cached handlers share one context between all calls of a kind, and calls to
 * different accounts run side by side here, so they would be signed with each other's keys. The input object belongs to one call alone and goes through the
 * whole stack with it: the identity is looked up by the input, and a call without one fails.
 */
export function createSigning(
  service: 'iam' | 'sts' | 'cloudtrail' | 'organizations',
  region: string,
  sha256: IAMClientResolvedConfig['sha256'],
  clock: Clock,
): Signing {
  const assigned = new WeakMap<object, Credentials | 'unsigned'>();
  let skew = 0;

  const middleware =
    <Input extends object, Output extends MetadataBearer>(): FinalizeRequestMiddleware<Input, Output> =>
    (next, context) =>
    async (args) => {
      const credentials = assigned.get(args.input);
      if (credentials === undefined) throw new Error('a call without credentials is not sent');
      if (credentials === 'unsigned') return next(args);
      const signer = new SignatureV4({ service, credentials, region: context.authSchemes?.[0]?.signingRegion ?? region, sha256 });
      const signed = async (): Promise<FinalizeHandlerArguments<Input>> => ({
        ...args,
        request: await signer.sign(requestOf(args), { signingDate: new Date(clock.now() + skew) }),
      });
      const usedSkew = skew;
      try {
        return await next(await signed());
      } catch (error) {
        const found = skewFrom(error, clock);
        if (found === undefined || Math.abs(found - usedSkew) < TOLERATED_SKEW) throw error;
        skew = found;
        return next(await signed());
      }
    };

  return {
    assign: (input, credentials) => void assigned.set(input, credentials),
    plugin: () => ({
      applyToStack(stack) {
        // They choose the identity in the client's configuration, which has none.
        removeMiddleware(stack, ['httpAuthSchemeMiddleware', 'httpSigningMiddleware']);
        stack.add(middleware(), { name: 'callSigningMiddleware', step: 'finalizeRequest', priority: 'low' });
      },
    }),
  };
}

function requestOf(args: { request: unknown }): HttpRequest {
  if (!HttpRequest.isInstance(args.request)) throw new Error('only HTTP requests can be signed');
  return args.request;
}

/** Milliseconds by which the server's clock is ahead, if it refused a request for its date; otherwise `undefined`. */
function skewFrom(error: unknown, clock: Clock): number | undefined {
  const refusedForDate =
    /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/.test(errorCode(error)) ||
    /Signature (expired|not yet current)/.test(errorMessage(error));
  if (!refusedForDate) return undefined;
  const date = property(property(property(error, '$response'), 'headers'), 'date');
  const serverTime = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(serverTime) ? undefined : serverTime - clock.now();
}
