import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { headlineText } from '../../../src/report/sections/headline.ts';
import { urgentSentences } from '../../../src/report/sections/urgent.ts';
import { anyReport } from '../any-report.ts';

test('as plain text it is one line of words and counts: no account id, and nothing from AWS or the file', () => {
  fc.assert(
    fc.property(anyReport(8), (given) => {
      const text = [...urgentSentences(given), headlineText(given)].join(' ');
      expect(text).toMatch(/^[A-Z\d][\w .,;:()-]*\.$/);
      expect(text).not.toMatch(/\d{6}/);
    }),
  );
});
