import { describe } from '@jest/globals';
import type { Moto } from '../dev/aws/moto.ts';

/**
 * Declares a suite for the embedded AWS, and again for moto. Where moto is not there it is skipped, which the reporter at the end of the run counts.
 *
 * @param suite receives the URL of moto, or `undefined` for the embedded AWS
 */
export function describePlaces(moto: Moto | undefined, suite: (endpoint: string | undefined) => void): void {
  describe('on the embedded AWS', () => suite(undefined));
  const describeMoto = moto === undefined ? describe.skip : describe;
  describeMoto('on moto', () => suite(moto?.url ?? 'http://not.there'));
}
