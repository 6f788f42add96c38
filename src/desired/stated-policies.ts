import { isOfAws, isVersionId, policyArn } from '../iam/managed-policy.ts';
import { policySize, QUOTAS } from '../iam/quotas.ts';
import type { Policy, PolicySource } from '../policy/index.ts';
import type { Unused } from '../state/desired.ts';
import type { Hub, ManagedPolicy, PolicyContent, TargetAccount } from '../state/state.ts';
import { isInHub, rolesOf, usablePolicies, usersInHub } from '../state/used-policies.ts';
import { grouped } from '../text/grouped.ts';
import { type DesiredFile, locationOf, type Path } from './file-node.ts';
import type { Grantee } from './grants.ts';
import { expandText, placeholdersIn } from './placeholders.ts';
import type { DocumentsContent } from './schema.ts';
import { expandedDocument, type Scope } from './scope.ts';

/** What of a desired state uses managed policies. */
interface PolicyUsers {
  readonly hub: Hub;
  readonly grantees: readonly Grantee[];
  readonly accounts: readonly TargetAccount[];
}

/** The hub and the targets' accounts with the contents of the policies that they use, and the places that state them. */
export interface ExpandedContents {
  readonly hub: Hub;
  readonly accounts: readonly TargetAccount[];
  /** By ARN. */
  readonly paths: ReadonlyMap<string, Path>;
  readonly unused: readonly Unused[];
}

/** Finds for everything that the file attaches, or uses as a boundary, the content that it states. */
export function expandContents(
  file: DesiredFile,
  contents: DocumentsContent,
  { hub, grantees, accounts }: PolicyUsers,
  scope: Scope,
): ExpandedContents {
  const stated = new StatedPolicies(contents);
  const targets = grantees.map(({ target }) => target);
  const usedByRoles = rolesOf(targets).flatMap(usablePolicies);
  const usedInHub = [
    ...usersInHub(hub).flatMap(usablePolicies),
    ...usedByRoles.filter(isOfAws),
    ...rolesOf(targets.filter((target) => isInHub(target, { hub }))).flatMap(usablePolicies),
  ];
  const byAccount = grouped(grantees, ({ target }) => target.account);
  const withOwnPolicies = (account: TargetAccount): TargetAccount => {
    const inAccount = byAccount.get(account.account);
    if (inAccount === undefined || isInHub(account, { hub })) return account;
    const used = rolesOf(inAccount.map(({ target }) => target))
      .flatMap(usablePolicies)
      .filter((arn) => !isOfAws(arn));
    // What a managed policy says may not depend on the role that uses it, so any target's values will do.
    return withPolicies(account, stated.contentsOf(used, { ...scope, account: account.account, values: inAccount[0].values }));
  };
  return {
    hub: withPolicies(hub, stated.contentsOf(usedInHub, { ...scope, values: new Map(scope.values).set('account', scope.account) })),
    accounts: accounts.map(withOwnPolicies),
    paths: stated.paths,
    unused: [...contents.keys()]
      .filter((name) => !stated.isUsed(name))
      .map((name) => ({ name, location: locationOf(file, ['policies', name], 'key') })),
  };
}

function withPolicies<T extends Hub | TargetAccount>(owner: T, policies: readonly ManagedPolicy[]): T {
  return policies.length === 0 ? owner : { ...owner, policies };
}

class StatedPolicies {
  /** By ARN. */
  readonly paths = new Map<string, Path>();
  readonly #contents: DocumentsContent;
  readonly #used = new Set<string>();
  /** A document without placeholders is the same in all accounts, and is read once. */
  readonly #documents = new Map<string, PolicyContent>();

  constructor(contents: DocumentsContent) {
    this.#contents = contents;
  }

  isUsed(name: string): boolean {
    return this.#used.has(name);
  }

  /** Of those of the policies that the file states, in their order. */
  contentsOf(arns: readonly string[], scope: Scope): readonly ManagedPolicy[] {
    if (this.#contents.size === 0) return [];
    const names = this.#namesIn(scope);
    return [...new Set(arns)].flatMap((arn) => {
      const name = names.get(arn);
      const stated = name === undefined ? undefined : this.#contents.get(name);
      if (name === undefined || stated === undefined) return [];
      this.#used.add(name);
      this.paths.set(arn, ['policies', name]);
      return [{ arn, content: this.#contentOf(name, stated, scope) }];
    });
  }

  #contentOf(name: string, stated: PolicySource, scope: Scope): PolicyContent {
    if (typeof stated === 'string' && isVersionId(stated)) return { version: stated, document: undefined };
    const isAlike = placeholdersIn(typeof stated === 'string' ? stated : JSON.stringify(stated)).length === 0;
    const known = this.#documents.get(name);
    if (isAlike && known !== undefined) return known;
    const content = { version: undefined, document: documentOf(stated, name, scope) };
    this.#documents.set(name, content);
    return content;
  }

  /** Under which name the file states each policy of an account. One by its ARN is the more exact one. */
  #namesIn({ partition, account, values }: Scope): ReadonlyMap<string, string> {
    const isArn = (name: string) => name.startsWith('arn:');
    const names = [...this.#contents.keys()].toSorted((one, other) => Number(isArn(one)) - Number(isArn(other)));
    return new Map(names.map((name) => [policyArn(expandText(name, values), partition, account), name]));
  }
}

function documentOf(stated: PolicySource, name: string, scope: Scope): Policy {
  const path = ['policies', name];
  const document = expandedDocument(scope, path, stated, 'identity');
  const size = policySize(document.source);
  if (size > QUOTAS.managedPolicy) {
    scope.complaints.add(path, {
      message: `the document has ${size.toLocaleString('en-US')} characters without white space`,
      expected: `at most ${QUOTAS.managedPolicy.toLocaleString('en-US')} characters, the maximum in IAM`,
      at: 'key',
    });
  }
  return document;
}
