import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, deny } from '../statements.ts';

export const GRANTS: CaseTable = {
  identity: [
    same('one policy for each or one for all', 'packed', [
      [
        allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro'),
        allow('sts:AssumeRole', 'arn:aws:iam::333333333333:role/Micetro'),
      ],
      [allow('sts:AssumeRole', ['arn:aws:iam::333333333333:role/Micetro', 'arn:aws:iam::222222222222:role/Micetro'])],
    ]),
    widened('a foreign ARN in a packed grant', 'one role more', [
      [allow('sts:AssumeRole', ['arn:aws:iam::222222222222:role/Micetro', 'arn:aws:iam::333333333333:role/Micetro'])],
      [
        allow('sts:AssumeRole', [
          'arn:aws:iam::222222222222:role/Micetro',
          'arn:aws:iam::333333333333:role/Micetro',
          'arn:aws:iam::999999999999:role/Micetro',
        ]),
      ],
    ]),
    widened('a wildcard account', "every account's role of that name", [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::*:role/Micetro')],
    ]),
    widened('any role of the account', 'every role', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/*')],
    ]),
    widened('any resource', 'every role there is', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole')],
    ]),
    widened('sts:* on the role', 'other actions of sts', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:*', 'arn:aws:iam::222222222222:role/Micetro')],
    ]),
    widened('everything on the role', 'other actions', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('*', 'arn:aws:iam::222222222222:role/Micetro')],
    ]),
    narrowed('an external id asked for', 'only with it', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro', { StringEquals: { 'sts:ExternalId': 'x' } })],
    ]),
    narrowed('a Deny of one role', 'denied', [
      [allow('sts:AssumeRole', ['arn:aws:iam::222222222222:role/Micetro', 'arn:aws:iam::333333333333:role/Micetro'])],
      [
        allow('sts:AssumeRole', ['arn:aws:iam::222222222222:role/Micetro', 'arn:aws:iam::333333333333:role/Micetro']),
        deny('sts:AssumeRole', 'arn:aws:iam::333333333333:role/Micetro'),
      ],
    ]),
    changed('role name in another case', 'ARNs keep case', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/micetro')],
    ]),
    widened('tagging too', 'session tags', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow(['sts:AssumeRole', 'sts:TagSession'], 'arn:aws:iam::222222222222:role/Micetro')],
    ]),
  ],
};
