import { expect, test } from '@jest/globals';
import { pendingPromisesIn } from '../../dev/checks/pending-promises.ts';
import { programOf } from '../../dev/checks/program.ts';

/** Each with what holds the promise. */
const OFFENDING: readonly (readonly [code: string, name: string])[] = [
  ['const base = read(); if (isCheck()) { await base; return; } await other(); await base;', 'base'],
  ['const base = read(); await other(); await base;', 'base'],
  ['const base = read(); const wait = async () => base; await other(); await wait();', 'base'],
  ['const base = isCheck() ? read() : undefined; await other(); await base;', 'base'],
  ['let base: Promise<string>; base = read(); await other(); await base;', 'base'],
  ['const base = read().then((text) => text.trim()); await other(); await base;', 'base'],
  ['const base = new Promise<string>((_, reject) => setTimeout(reject, 9)); await other(); await base;', 'base'],
  ['const facts = { base: read() }; await other(); await facts.base;', 'base'],
  ['const use = async (base: Promise<string>) => { await other(); return base; }; await use(read());', 'base'],
];

const FINE: readonly string[] = [
  'const base = read(); await Promise.all([base, other()]);',
  'const base = read(); return base;',
  'const known = new Map<string, Promise<string>>(); const base = read(); known.set("a", base); await other();',
  'const base = await read(); await other(); return base;',
  'const base = Promise.allSettled([read()]); await other(); await base;',
  'const base = read().catch(() => ""); await other(); await base;',
  'const cancelled = new Promise<void>((resolve) => setTimeout(resolve, 9)); await other(); await cancelled;',
  'const use = async (base: Promise<string>) => { const [text] = await Promise.all([base, other()]); return text; }; await use(read());',
  'const start = () => read(); await other(); await start();',
];

const GIVEN = 'declare const read: () => Promise<string>; declare const other: () => Promise<void>; declare const isCheck: () => boolean;';
const codes = [...OFFENDING.map(([code]) => code), ...FINE];
const program = programOf(
  new Map(codes.map((code, index) => [`src/snippet-${index}.ts`, `${GIVEN}\nexport const run = async () => { ${code} };\n`])),
);
const found = pendingPromisesIn(program);
const namesOf = (code: string) => found.filter(({ place }) => place === `src/snippet-${codes.indexOf(code)}.ts:2`).map(({ name }) => name);

test.each(OFFENDING)('%s', (code, name) => {
  expect(namesOf(code)).toEqual([name]);
});

test.each(FINE)('%s', (code) => {
  expect(namesOf(code)).toEqual([]);
});
