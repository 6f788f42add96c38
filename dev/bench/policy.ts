import { compareDocuments, type PolicyKind } from '../../src/policy/index.ts';

/**
 * Times the comparison of policies: `npx tsx dev/bench/policy.ts`. CPU time, best of several runs, beside the limits that the project set for itself.
 * The floor is parsing alone (`JSON.parse` of both texts).
 */

interface Scenario {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly desired: object;
  readonly live: object;
  /** Milliseconds of CPU. */
  readonly limit: number;
}

const count = 300;
const numbers = Array.from({ length: count }, (_, index) => index);

function document(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(action: string | readonly string[], resource: string | readonly string[], condition: object = {}): object {
  return { Effect: 'Allow', Action: action, Resource: resource, Condition: condition };
}

function bucket(text: string): string {
  return `arn:aws:s3:::${text}`;
}

const roles = numbers.map((index) => `arn:aws:iam::${String(100_000_000_000 + index * 7919)}:role/Micetro`);
const mixed = numbers.map((index) => ({
  Effect: index % 9 === 0 ? 'Deny' : 'Allow',
  Action: [`s${index % 20}:Get${index}*`, `s${index % 20}:List*`],
  Resource: [bucket(`bucket${index}/*`), bucket(`bucket${index}`)],
  Condition: { StringEquals: { [`aws:k${index % 7}`]: `v${index}` } },
}));
const infixes = numbers.map((index) => allow(`s3:Get${index % 3}*`, bucket(`*b${index}*`)));
const conditional = numbers.map((index) => allow('s3:*', '*', { StringLike: { 'aws:x': `*v${index}*` } }));
const manyKeys = numbers.map((index) =>
  allow('s3:*', '*', { StringEquals: { [`aws:k${index % 30}`]: 'x', [`aws:k${(index * 7 + 1) % 30}`]: `y${index}` } }),
);

/** `*a*b*c…`, in another order for each number. */
function zigzag(seed: number, length: number): string {
  const letters = Array.from({ length }, (_, index) => String.fromCharCode(97 + ((index * seed + seed) % 17)));
  return bucket(`${letters.map((letter) => `*${letter}`).join('')}*`);
}

const scenarios: readonly Scenario[] = [
  {
    name: `${count} grants, packed into one statement`,
    kind: 'identity',
    desired: document(...roles.map((role) => allow('sts:AssumeRole', role))),
    live: document(allow('sts:AssumeRole', roles)),
    limit: 200,
  },
  {
    name: `${count} mixed statements, shuffled`,
    kind: 'identity',
    desired: document(...mixed),
    live: document(...mixed.toReversed()),
    limit: 200,
  },
  {
    name: `${count} mixed statements, one changed`,
    kind: 'identity',
    desired: document(...mixed),
    live: document(...mixed.map((one, index) => (index === 7 ? { ...one, Resource: '*' } : one))),
    limit: 200,
  },
  {
    name: `${count} mixed statements, all changed`,
    kind: 'identity',
    desired: document(...mixed),
    live: document(...mixed.map((one, index) => ({ ...one, Resource: [...one.Resource, bucket(`other${index}`)] }))),
    limit: 200,
  },
  {
    name: `${count} statements with *infix* patterns, one dropped`,
    kind: 'identity',
    desired: document(...infixes),
    live: document(...infixes.slice(1)),
    limit: 200,
  },
  {
    name: `trust of ${count} accounts, one more`,
    kind: 'trust',
    desired: document({
      Effect: 'Allow',
      Principal: { AWS: numbers.map((index) => String(100_000_000_000 + index)) },
      Action: 'sts:AssumeRole',
    }),
    live: document({
      Effect: 'Allow',
      Principal: { AWS: [...numbers, count].map((index) => String(100_000_000_000 + index)) },
      Action: 'sts:AssumeRole',
    }),
    limit: 200,
  },
  {
    name: 'hostile: 200 patterns of 17 stars each, in statements of their own conditions',
    kind: 'identity',
    desired: document(
      ...numbers.slice(0, 100).map((index) => allow('s3:*', zigzag(index + 2, 17), { StringEquals: { 'aws:x': `v${index}` } })),
    ),
    live: document(
      ...numbers.slice(0, 100).map((index) => allow('s3:*', zigzag(index + 3, 17), { StringEquals: { 'aws:x': `v${index}` } })),
    ),
    limit: 1000,
  },
  {
    name: 'hostile: a star and 40 question marks',
    kind: 'identity',
    desired: document(allow('s3:*', bucket(`*a${'?'.repeat(40)}`))),
    live: document(allow('s3:*', bucket(`*b${'?'.repeat(40)}`))),
    limit: 1000,
  },
  {
    name: `hostile: ${count} *infix* values of one key`,
    kind: 'identity',
    desired: document(...conditional),
    live: document(...conditional.slice(1)),
    limit: 1000,
  },
  {
    name: `hostile: ${count} statements over 30 keys`,
    kind: 'identity',
    desired: document(...manyKeys),
    live: document(...manyKeys.slice(1)),
    limit: 1000,
  },
  {
    name: 'hostile: 400 actions of 12 infixes each',
    kind: 'identity',
    desired: document(...numbers.map((index) => allow(`s3:${'*a*b*c*d'.repeat(3)}${index}*`, bucket(String(index))))),
    live: document(...numbers.map((index) => allow(`s3:${'*d*c*b*a'.repeat(3)}${index}*`, bucket(String(index))))),
    limit: 1000,
  },
];

function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function best(work: () => void, runs: number): number {
  return Math.min(...Array.from({ length: runs }, () => cpu(work)));
}

let failed = false;
for (const { name, kind, desired, live, limit } of scenarios) {
  const [one, two] = [JSON.stringify(desired), JSON.stringify(live)];
  let answer = '';
  const heap = process.memoryUsage().heapUsed;
  const first = cpu(() => {
    const { verdict, explanation } = compareDocuments(one, two, kind);
    answer = explanation.some((line) => line.includes('too large')) ? `${verdict} (too large)` : verdict;
  });
  const grown = (process.memoryUsage().heapUsed - heap) / 1e6;
  const time = Math.min(
    first,
    best(() => compareDocuments(one, two, kind), 3),
  );
  const floor = best(() => [JSON.parse(one), JSON.parse(two)], 5);
  failed ||= time > limit;
  const numbersText = `${time.toFixed(0).padStart(5)} ms (first ${first.toFixed(0)}, limit ${limit}, floor ${floor.toFixed(1)}, ${grown.toFixed(0)} MB)`;
  process.stdout.write(`${time > limit ? 'SLOW' : 'ok  '} ${numbersText} ${answer.padEnd(20)} ${name}\n`);
}
if (failed) process.exitCode = 1;
