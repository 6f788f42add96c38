import { z } from 'zod';
import { accountIn, type Estate, groupIn, type NamedDocument } from '../aws/estate.ts';
import { assume } from '../aws/guide.ts';
import { type Drifts, pick } from './drifts.ts';

/** Of the packed grants. */
export const grantDrifts: Drifts = ({ hub, groups, ofKind: { production, staging, sandbox } }) => {
  const [missing, indirect, changed] = [pick(production, 3), pick(sandbox, 0), pick(staging, 3)];
  const closed = 'arn:aws:iam::999999999999:role/Micetro';
  return [
    {
      name: 'a grant is removed',
      finds: [`grant-missing narrowed ${missing}`],
      edit: (draft) => regrant(draft, hub, missing, () => []),
    },
    {
      name: 'a grant is removed, but a wildcard lets the user in',
      finds: [`grant-indirect none ${indirect}`],
      edit: (draft) => regrant(draft, hub, indirect, () => []),
    },
    {
      name: 'a grant asks for an external id of its own',
      finds: [`grant-changed narrowed ${changed}`],
      edit: (draft) => {
        const Condition = { StringEquals: { 'sts:ExternalId': 'other' } };
        regrant(draft, hub, changed, (arn) => [{ ...allowed([arn]), Condition }]);
      },
    },
    {
      name: 'the grant of an account that was closed is left behind, and one packed policy names an administrator',
      finds: [`grant-extra widened ${hub}`, `grant-extra widened ${hub}`],
      edit: (draft) => {
        groupIn(draft, hub, pick(groups, 4)).inlinePolicies.push({ name: 'assume-closed', document: assume([closed]) });
        const both = (arn: string) => [allowed([arn, arn.replace('role/Micetro', 'role/Administrator')])];
        regrant(draft, hub, pick(production, 1), both);
      },
    },
    {
      name: 'a packed policy is written in another order',
      finds: [],
      edit: (draft) => {
        const { inlinePolicies } = groupIn(draft, hub, pick(groups, 5));
        for (const policy of inlinePolicies) {
          const statements = statementsOf(policy).map((one) => ({ ...one, Resource: one.Resource.toReversed() }));
          policy.document = { Version: '2012-10-17', Statement: statements };
        }
      },
    },
  ];
};

type Statement = z.infer<typeof statement>;
const statement = z.looseObject({ Resource: z.union([z.string(), z.array(z.string())]).transform((all) => [all].flat()) });
const packed = z.object({ Statement: z.array(statement) });

function statementsOf({ document }: NamedDocument): Statement[] {
  return packed.parse(document).Statement;
}

const allowed = (Resource: string[]): Statement => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource });

/** Takes the role of a kind out of the packed policy that names it, and puts other statements there. */
function regrant(draft: Estate, hub: string, account: string, instead: (arn: string) => readonly Statement[]): void {
  const isIt = (arn: string) => arn.includes(`::${account}:`) && arn.endsWith('/Micetro');
  for (const policy of accountIn(draft, hub).groups.flatMap(({ inlinePolicies }) => inlinePolicies)) {
    const statements = statementsOf(policy);
    const taken = statements.flatMap(({ Resource }) => Resource.filter(isIt));
    if (taken.length === 0) continue;
    const rest = statements.map((one) => ({ ...one, Resource: one.Resource.filter((arn) => !isIt(arn)) }));
    policy.document = { Version: '2012-10-17', Statement: [...rest.filter((one) => one.Resource.length > 0), ...taken.flatMap(instead)] };
  }
}
