import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compareDocuments, type PolicyKind, type PolicySource, type Verdict } from '../../src/policy/index.ts';

/** One file a theme; a new case is a new entry. `why` is the reason for the verdict, `link` where the example was published. */
interface Case {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly desired: PolicySource;
  readonly live: PolicySource;
  readonly verdict: Verdict;
  readonly why: string;
  readonly link?: string;
}

const folder = new URL('cases/', import.meta.url);

function casesOf(file: string): readonly Case[] {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Case[];
}

describe.each(readdirSync(folder).sort())('%s', (file) => {
  test.each(casesOf(file))('$name: $verdict ($why)', ({ kind, desired, live, verdict }) => {
    const found = compareDocuments(desired, live, kind);
    expect({ verdict: found.verdict, explanation: found.explanation }).toMatchObject({ verdict });
    expect(found.explanation.length > 0).toBe(verdict !== 'same');
    expect(found.problem !== undefined).toBe(verdict === 'invalid');
    if (verdict === 'widened') expect(found.gained).toBeDefined();
    if (verdict === 'narrowed') expect(found.lost).toBeDefined();
    if (verdict === 'widened') expect(found.lost).toBeUndefined();
    if (verdict === 'narrowed') expect(found.gained).toBeUndefined();
  });
});
