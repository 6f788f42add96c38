import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../../time/clock.ts';
import { errorCode, errorMessage } from '../errors.ts';
import type { SdkConfig, Service } from './sdk-types.ts';

/** An AWS access key, with a token if it is a session's. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** @param skew milliseconds by which the server's clock is ahead of ours */
export type Sign = (request: HttpRequest, credentials: Credentials, region: string, skew: number) => Promise<HttpRequest>;

export function createSign(service: Service, sha256: SdkConfig['sha256'], clock: Clock): Sign {
  return async (request, credentials, region, skew) => {
    const signer = new SignatureV4({ service, credentials, region, sha256 });
    const signed = await signer.sign(request, { signingDate: new Date(clock.now() + skew) });
    return signed instanceof HttpRequest ? signed : HttpRequest.clone(signed);
  };
}

/**
 * Milliseconds that the clocks may differ. AWS refuses a signature whose date is more than five minutes off:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
const TOLERATED_SKEW = 4 * 60_000;

/**
 * Milliseconds by which the server's clock is ahead, if it refused a request for its date; otherwise `undefined`.
 *
 * @param date header of the refusal
 * @param used with which the refused request was signed
 */
export function skewFrom(error: unknown, date: string | undefined, used: number, clock: Clock): number | undefined {
  const refusedForDate =
    /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/.test(errorCode(error)) ||
    /Signature (expired|not yet current)/.test(errorMessage(error));
  if (!refusedForDate || date === undefined) return undefined;
  const found = Date.parse(date) - clock.now();
  return Number.isNaN(found) || Math.abs(found - used) < TOLERATED_SKEW ? undefined : found;
}
