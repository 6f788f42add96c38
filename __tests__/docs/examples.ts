import { readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { accountIn, type Estate, groupIn, type NamedDocument, roleIn, userIn } from '../../dev/aws/estate.ts';
import type { GuideOptions } from '../../dev/aws/guide.ts';
import { pathOf, textOf } from './pages.ts';

/** The files of examples/, and estates that fulfil its desired states. */

export interface Example {
  /** `strict.yml`. */
  readonly file: string;
  readonly text: string;
}

export function examples(kind: 'desired-state' | 'workflows'): Example[] {
  return readdirSync(pathOf(`examples/${kind}`))
    .toSorted((a, b) => a.localeCompare(b))
    .map((file) => ({ file, text: textOf(`examples/${kind}/${file}`) }));
}

/** How an estate is laid out that one of the desired states wants: the guide's, and what differs from it. */
export interface Matching {
  readonly guide: GuideOptions;
  readonly edit: (draft: Estate) => void;
}

const HUB = '111111111111';
const REPOSITORY = 'acme/access';
const numbered = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix}00000000${String(index + 1).padStart(2, '0')}`);
const EUROPE = numbered('21');
const AMERICA = numbered('22');

/** Two groups of twenty grants in place of the guide's full one and its rest. */
function twoGroups(draft: Estate): void {
  const { groups } = accountIn(draft, HUB);
  const grants = groups.flatMap(({ inlinePolicies }) => inlinePolicies);
  const [first] = groups;
  if (first === undefined) throw new Error('There is no group');
  const ofRegion = (accounts: readonly string[]) => grants.filter(({ name }) => accounts.some((account) => name.includes(account)));
  accountIn(draft, HUB).groups = [
    { ...first, name: 'micetro-europe', inlinePolicies: ofRegion(EUROPE) },
    { ...first, name: 'micetro-america', inlinePolicies: ofRegion(AMERICA) },
  ];
  for (const account of [...EUROPE, ...AMERICA]) roleIn(draft, account, 'Micetro').description = 'DNS and networks for Micetro';
  // What the exception accepts.
  roleIn(draft, '220000000020', 'Micetro').managedPolicies.push('arn:aws:iam::aws:policy/ReadOnlyAccess');
}

const documents = z.record(z.string(), z.record(z.string(), z.unknown()));
const strict = z.object({
  hub: z.object({ user: z.object({ inlinePolicies: documents }) }),
  defaults: z.object({ inlinePolicies: documents }),
});

function named(policies: z.infer<typeof documents>): NamedDocument[] {
  return Object.entries(policies).map(([name, document]) => {
    const text = JSON.stringify(document).replaceAll('{partition}', 'aws').replaceAll('{hubAccount}', HUB);
    return { name, document: text };
  });
}

function leastPrivilege(draft: Estate): void {
  const file = strict.parse(parse(textOf('examples/desired-state/strict.yml')));
  const user = userIn(draft, HUB, 'micetro');
  user.managedPolicies = [];
  user.inlinePolicies = named(file.hub.user.inlinePolicies);
  for (const { id, policies } of draft.accounts.filter(({ id: account }) => account !== HUB)) {
    policies.push({
      name: 'micetro-limit',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['route53:*', 'ec2:*'], Resource: '*' }] },
    });
    const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:user/micetro` }, Action: 'sts:AssumeRole' };
    Object.assign(roleIn(draft, id, 'Micetro'), {
      trust: { Version: '2012-10-17', Statement: [trust] },
      managedPolicies: [],
      inlinePolicies: named(file.defaults.inlinePolicies),
      boundary: `arn:aws:iam::${id}:policy/micetro-limit`,
      tags: [{ key: 'team', value: 'ddi' }],
    });
  }
  // The guide's has made grants, and its auditors ask for the external id.
  groupIn(draft, HUB, 'micetro-targets').members = ['micetro'];
}

const FEW = ['222222222222', '333333333333'];

const MATCHING: Readonly<Record<string, Matching>> = {
  'small.yml': { guide: { targets: FEW, repository: REPOSITORY, fixer: true }, edit: () => undefined },
  'typical.yml': { guide: { targets: [...EUROPE, ...AMERICA], repository: REPOSITORY }, edit: twoGroups },
  'strict.yml': { guide: { targets: FEW, repository: REPOSITORY, externalId: 'drift-audit' }, edit: leastPrivilege },
};

/** The estate that matches an example of a desired-state file. @throws if there is none */
export function matching(file: string): Matching {
  const found = MATCHING[file];
  if (found === undefined) throw new Error(`No estate matches ${file}`);
  return found;
}
