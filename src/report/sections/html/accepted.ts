import type { Element } from 'hast';
import { isExcepted } from '../../../drift/exceptions.ts';
import { worstFirst } from '../../model/order.ts';
import type { Report, ReportFinding } from '../../model/schema.ts';
import { titleWithPlace } from '../finding-title.ts';
import { accessChip } from './access-chip.ts';
import { type Content, div, moment, mono, paragraph, section, words } from './nodes.ts';
import { accountNames } from './places.ts';
import { table } from './table.ts';

/** The findings that an exception accepts at present, each with who answers for it and until when. */
export function acceptedSection(report: Report): Element {
  const accepted = worstFirst(report, isExcepted);
  if (accepted.length === 0) return section('accepted', 'Accepted by an exception', paragraph('No finding is accepted by an exception.'));
  const nameOf = accountNames(report);
  const rows = accepted.map((finding) => ({ cells: cellsOf(finding, report, nameOf) }));
  const columns = ['Finding', 'Access', 'Account', 'Resource', 'Owner', 'Reason', 'Last day'];
  return section(
    'accepted',
    'Accepted by an exception',
    paragraph(
      'These findings differ from the file. Their owners accept them until the end of the last day (UTC). They do not count as drift.',
    ),
    table({ caption: 'Accepted findings', className: 'accepted', columns, rows }),
  );
}

function cellsOf(finding: ReportFinding, report: Report, nameOf: (account: string) => Content): Content[] {
  const { owner = '', reason = '', expires = '' } = finding.exception ?? {};
  return [
    [...words(titleWithPlace(finding, report)), div('sub', mono(finding.rule)), div('sub', 'id ', mono(finding.id))],
    [accessChip(finding)],
    nameOf(finding.account),
    [mono(finding.resource)],
    [mono(owner)],
    words(reason),
    [moment(expires)],
  ];
}
