import { afterAll, describe, expect, test } from '@jest/globals';
import { startMoto } from '../../dev/aws/moto.ts';
import { startAws } from '../../dev/aws/server.ts';
import { authorizationDetailCases } from './contract/authorization-details.ts';
import { type Case, normalise, placeOn } from './contract/case.ts';
import { credentialCases } from './contract/credentials.ts';
import { groupCases } from './contract/groups.ts';
import { pageCases } from './contract/pages.ts';
import { policyCases } from './contract/policies.ts';
import { roleCases } from './contract/roles.ts';
import { trustCases } from './contract/trusts.ts';
import { userCases } from './contract/users.ts';

const CASES: readonly Case[] = [
  ...userCases,
  ...groupCases,
  ...roleCases,
  ...trustCases,
  ...policyCases,
  ...pageCases,
  ...credentialCases,
  ...authorizationDetailCases,
];

const aws = await startAws();
const moto = await startMoto();
afterAll(async () => {
  await Promise.all([aws.close(), moto?.close()]);
});

describe('on the embedded AWS', () => {
  test.each(CASES.map((contract, index) => [contract.name, contract, index] as const))('%s', async (_name, contract, index) => {
    const place = placeOn(aws.url, index);
    expect(normalise(await contract.run(place), place)).toEqual(contract.is);
  });
});

// The reporter in dev/jest counts what is skipped here and says so at the end of the run.
const whereMotoIs = moto === undefined ? describe.skip : describe;
whereMotoIs('on moto', () => {
  test.each(CASES.map((contract, index) => [contract.name, contract, index] as const))('%s', async (_name, contract, index) => {
    const place = placeOn(moto?.url ?? '', index);
    expect(normalise(await contract.run(place), place)).toEqual(contract.differs === undefined ? contract.is : contract.differs.moto);
  });
});

test('every difference from moto is one, and says which documentation decides', () => {
  for (const { is, differs } of CASES) {
    if (differs === undefined) continue;
    expect(differs.moto).not.toEqual(is);
    expect(differs.doc).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});
