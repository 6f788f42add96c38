import Sequencer from '@jest/test-sequencer';

/** From the longest files to the shortest, so that no worker is left with a long one while the others have nothing to do. */
const LONGEST_FIRST = ['e2e', 'contract', 'unit'];

const rank = ({ context }) => LONGEST_FIRST.indexOf(context.config.displayName?.name);

/** As jest orders files, from the times of the last run; where there was none, as on a fresh checkout, by project rather than by size. */
export default class ByProject extends Sequencer {
  sort(tests) {
    const known = tests.some((test) => this.time(test) !== undefined);
    const sorted = super.sort(tests);
    return known ? sorted : sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
