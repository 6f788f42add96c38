import { shortName } from '../iam/arn.ts';
import type { Draft } from './draft.ts';
import type { Owner } from './owner.ts';

type Boundary = string | null | undefined;

/** Rules `…-boundary-missing`, `-extra`, `-changed`. A boundary limits: one that is missing widens, one that is extra narrows. */
export function boundaryDrift(owner: Owner<'hub-user' | 'role'>, desired: Boundary, live: Boundary): Draft[] {
  if (desired === undefined || live === undefined || desired === live) return [];
  const about = { account: owner.account, resource: owner.arn, location: owner.locate('permissionsBoundary'), desired, live };
  if (live === null) {
    const message = `The ${owner.label} has no permissions boundary; ${shortName(desired ?? '')} is wanted.`;
    return [{ ...about, rule: `${owner.rules}-boundary-missing`, access: 'widened', message }];
  }
  if (desired === null) {
    const message = `The ${owner.label} has the permissions boundary ${shortName(live)}; none is wanted.`;
    return [{ ...about, rule: `${owner.rules}-boundary-extra`, access: 'narrowed', message }];
  }
  const message = `The ${owner.label} has the permissions boundary ${shortName(live)} in place of ${shortName(desired)}.`;
  return [{ ...about, rule: `${owner.rules}-boundary-changed`, access: 'changed', message }];
}
