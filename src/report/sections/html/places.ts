import type { Element } from 'hast';
import { h } from 'hastscript';
import { cut, visibleLine } from '../../../text/visible.ts';
import { namesOfAccounts } from '../../model/accounts.ts';
import type { Report } from '../../model/schema.ts';
import { type Content, mono } from './nodes.ts';

const MAX_NAME = 200;

/** The account's name and id. */
export function accountNames(report: Report): (account: string) => Content {
  const names = namesOfAccounts(report);
  return (account) => {
    if (account === '') return ['–'];
    if (account === report.hub.account) return [accountId(account), ' (hub)'];
    const name = names.get(account);
    return name === undefined ? [accountId(account)] : [strongName(name), ' ', accountId(account)];
  };
}

/** On one line, however narrow the column is. */
function accountId(account: string): Element {
  return h('code', { className: ['id'] }, visibleLine(cut(account, MAX_NAME)));
}

export function strongName(name: string): Element {
  return h('strong', visibleLine(cut(name, MAX_NAME)));
}

/** `file:12`. */
export function lineInFile({ file, line }: Report['findings'][number]['location']): Content {
  return [mono(`${file}:${line}`)];
}
