import { accountOf } from '../../iam/arn.ts';
import { capital } from '../../text/visible.ts';
import type { Access } from '../access.ts';
import { type ComparedTrust, type Newcomer, newcomersOf } from '../newcomers.ts';
import { TITLE_VERB } from './kind.ts';

/** Who can assume the role that the file does not name, or else how the trust differs. */
export function trustTitle(trust: ComparedTrust, access: Access): string {
  const { of, hubAccount } = trust;
  const [first, ...others] = access === 'narrowed' ? [] : newcomersOf(trust);
  if (first === undefined) return `The trust policy of ${of.name} ${TITLE_VERB[access]}`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const condition = first.isConditional ? ', under conditions' : '';
  return `${capital(whoOf(first, of.account, hubAccount))}${more} can assume ${of.name}${condition}`;
}

function whoOf({ principal: { kind, id } }: Newcomer, own: string, hub: string): string {
  if (kind === 'Service') return `the service \`${id}\``;
  if (kind !== 'AWS') return `identities of \`${id}\``;
  if (id === '*') return 'anyone (`*`)';
  const account = accountOf(id);
  if (account === undefined) return `\`${id}\``;
  const places = new Map([
    [own, 'the account itself'],
    [hub, 'the hub account'],
  ]);
  const place = places.get(account) ?? `account ${account}`;
  const name = id.slice(id.lastIndexOf(':') + 1);
  return name === 'root' ? place : `\`${name}\` of ${place}`;
}
