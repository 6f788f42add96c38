import { expect, test } from '@jest/globals';
import { moduleStateIn } from '../../dev/checks/module-variables.ts';
import { programOf } from '../../dev/checks/program.ts';

/** Each with what is said of it. */
const OFFENDING: readonly (readonly [code: string, reason: string])[] = [
  ['let runs = 0; export const next = () => ++runs;', 'runs can be assigned a new value'],
  ['export var runs = 0;', 'runs can be assigned a new value'],
  ['export let [first, second] = [1, 2];', 'first can be assigned a new value'],
  ['if (process.argv.length > 2) { let inner = 0; console.log(() => ++inner); }', 'inner can be assigned a new value'],
  ['export const cache = new Map<string, string>();', 'cache is a Map'],
  ['export const codes = new Set(["A"]);', 'codes is a Set'],
  ['export const known = new WeakMap<object, string>();', 'known is a WeakMap'],
  ['export const known: WeakSet<object> = new WeakSet();', 'known is a WeakSet'],
  ['export const since = new Date();', 'since is a Date'],
  ['export const bytes = new Uint8Array(2);', 'bytes is a Uint8Array'],
  ['export const names = ["a"];', 'names is an Array'],
  ['export const names: string[] | null = null;', 'names is an Array'],
  ['export const pair: [string, number] = ["a", 1];', 'pair is a tuple that is not readonly'],
  ['export const grid: readonly string[][] = [["a"]];', 'what grid holds is an Array'],
  ['export const byName: ReadonlyMap<string, Set<string>> = new Map();', 'what byName holds is a Set'],
  ['export const anything: any = {};', 'anything is of type any'],
  ['export const limits = { most: 5 };', 'limits.most is not readonly'],
  ['export const limits: { readonly inner: { most: number } } = { inner: { most: 5 } };', 'limits.inner.most is not readonly'],
  ['export const { list } = { list: ["a"] };', 'list is an Array'],
  ['export const words: Record<string, string> = {};', 'words has an index signature that is not readonly'],
  ['export const flags: Partial<Record<"a" | "b", string>> = {};', 'flags.a is not readonly'],
  ['export const view = { get value() { return 1; }, set value(_next: number) {} };', 'view.value is not readonly'],
  ['export const counted = Object.assign(() => 1, { calls: 0 });', 'counted.calls is not readonly'],
  ['class Counter { count = 0; next() { return ++this.count; } } export const counter = new Counter();', 'counter.count is not readonly'],
  [
    'class Counter { private count = 0; next() { return ++this.count; } } export const counter = new Counter();',
    'counter.count is not readonly',
  ],
  [
    'class Counter { #count = 0; next() { return ++this.#count; } } export const counter = new Counter();',
    'counter.#count is not readonly',
  ],
  [
    'interface Next { next(): number } class Counter { private count = 0; next() { return ++this.count; } } export const counter: Next = new Counter();',
    'counter.count is not readonly',
  ],
  [
    'class Cache { private readonly known = new Map<string, string>(); size() { return this.known.size; } } export const cache = new Cache();',
    'cache.known is a Map',
  ],
  ['export class Counter { static count = 0; }', 'count can be assigned a new value'],
  [
    'export class Cache { private static readonly known = new Map<string, string>(); size() { return Cache.known.size; } }',
    'known is a Map',
  ],
  ['export class Counter { static { let count = 0; console.log(() => ++count); } }', 'count can be assigned a new value'],
  [
    'function counting() { let count = 0; return () => ++count; } export const next = counting();',
    'next is a function that a function returned, and may remember things',
  ],
  [
    'const WORD = /\\w+/g; export const isWord = (text: string) => WORD.test(text);',
    'WORD has a regular expression with g or y, and its lastIndex is state',
  ],
  [
    'const WORD = /\\w+/y; export const masked = (text: string) => text.replace(WORD, "x");',
    'WORD has a regular expression with g or y, and its lastIndex is state',
  ],
  [
    'const flags = process.argv.join(); export const WORD = new RegExp("a", flags);',
    'WORD has a regular expression with g or y, and its lastIndex is state',
  ],
  [
    'const WORD = /\\w+/g; const use = (form: RegExp) => form; export const it = use(WORD).source;',
    'WORD has a regular expression with g or y, and its lastIndex is state',
  ],
  [
    'const FORMS: readonly RegExp[] = [/a/g]; export const isWord = (text: string) => FORMS.some((form) => form.test(text));',
    'FORMS has a regular expression with g or y, and its lastIndex is state',
  ],
];

const FINE: readonly string[] = [
  'export const most = 5; export const name = "a"; export const big = 5n; export const key = Symbol("a"); export const none = null;',
  'export const codes: ReadonlySet<string> = new Set(["A"]);',
  'export const titles: ReadonlyMap<string, readonly string[]> = new Map([["a", ["b"]]]);',
  'export const names: readonly string[] = ["a"]; export const pair: readonly [string, number] = ["a", 1];',
  'export const limits = { most: 5, inner: { list: ["a"] } } as const;',
  'export const limits: Readonly<Record<string, number>> = { most: 5 };',
  'interface Limits { readonly most: number; readonly inner: Limits | null; check(text: string): boolean } export const limits: Limits = { most: 5, inner: null, check: () => true };',
  'export const view = { get value() { return 1; } };',
  'export const twice = (value: number) => { let result = value; result *= 2; const seen = new Set([result]); return seen; };',
  'export function counting() { let count = 0; return () => ++count; }',
  'class Name { readonly text: string; constructor(text: string) { this.text = text; } } export const name = new Name("a");',
  'export class Cache { private known = new Map<string, string>(); private static readonly most = 5; size() { return this.known.size + Cache.most; } }',
  'const WORD = /\\w+/; export const isWord = (text: string) => WORD.test(text);',
  'const WORD = /\\w+/g; export const words = (text: string) => [...text.matchAll(WORD)]; export const masked = (text: string) => text.replace(WORD, "x");',
  'export const isWord = (text: string) => /\\w+/g.test(text);',
  'import { z } from "zod"; const text = z.string().min(1); export const schema = z.strictObject({ text, list: z.array(text) });',
  'import * as os from "node:os"; export const system = os;',
  'try { console.log(1); } catch (error) { console.error(error); }',
  'import type { Stats } from "node:fs"; export const sizeOf = (stats: Stats) => stats.size;',
];

const paths = new Map([...OFFENDING.map(([code]) => code), ...FINE].map((code, index) => [code, `src/snippet-${index}.ts`]));
const program = programOf(new Map([...paths].map(([code, path]) => [path, `${code}\nexport {};\n`])), ['node']);
const found = moduleStateIn(program);

function reasonsOf(code: string): readonly string[] {
  return found.filter(({ place }) => place === `${paths.get(code)}:1`).map(({ reason }) => reason);
}

test.each(OFFENDING)('%s', (code, reason) => {
  expect(reasonsOf(code)).toContain(reason);
});

test.each(FINE)('%s', (code) => {
  expect(reasonsOf(code)).toEqual([]);
});
