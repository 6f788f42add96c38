/**
 * `npm run templates`: writes the permissions of the role templates from the one list of the calls that the action makes. With --check it writes nothing, names
 * the stale files and exits with 1.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Place } from './permissions/calls.ts';
import { cloudFormationGuard, cloudFormationRoleConditions, cloudFormationStatements } from './templates/cloudformation.ts';
import { fillTemplate } from './templates/regions.ts';
import { terraformPolicies } from './templates/terraform.ts';

const root = new URL('../templates/', import.meta.url);
const textOf = (path: string) => (existsSync(new URL(path, root)) ? readFileSync(new URL(path, root), 'utf8') : '');

function cloudFormation(place: Place): string {
  const contents = new Map([
    ['auditor', cloudFormationStatements('auditor', place)],
    ...(place === 'organization' ? [] : [['fixer', cloudFormationStatements('fixer', place)] as const]),
    ...(place === 'target'
      ? ([
          ['guards', cloudFormationGuard()],
          ['role-conditions', cloudFormationRoleConditions()],
        ] as const)
      : []),
  ]);
  return fillTemplate(textOf(`cloudformation/${place}.yaml`), contents);
}

const files = [
  { path: 'cloudformation/hub.yaml', fresh: cloudFormation('hub') },
  { path: 'cloudformation/target.yaml', fresh: cloudFormation('target') },
  { path: 'cloudformation/organization.yaml', fresh: cloudFormation('organization') },
  { path: 'terraform/hub/policies.tf', fresh: terraformPolicies('hub') },
  { path: 'terraform/target/policies.tf', fresh: terraformPolicies('target') },
  { path: 'terraform/organization/policies.tf', fresh: terraformPolicies('organization') },
];

const check = process.argv.includes('--check');
for (const { path, fresh } of files) {
  if (fresh === textOf(path)) continue;
  if (check) {
    console.error(`templates/${path} is stale: run npm run templates`);
    process.exitCode = 1;
  } else {
    writeFileSync(new URL(path, root), fresh);
    console.log(`templates/${path} written`);
  }
}
