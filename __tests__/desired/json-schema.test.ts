import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { desiredStateJsonSchema, reportJsonSchema } from '../../dev/json-schemas.ts';
import { fileWith, SMALL, WHOLE } from './files.ts';

const published = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8'));

describe('the published schemas are those of the code', () => {
  test.each([
    ['desired-state.v1.json', desiredStateJsonSchema()],
    ['report.v1.json', reportJsonSchema()],
  ])('%s', (name, schema) => {
    expect(published(name)).toEqual(schema);
  });
});

describe('the published schema of the desired state', () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(desiredStateJsonSchema());

  test.each([
    ['the smallest file', SMALL],
    ['every key', WHOLE],
    ['placeholders for accounts', fileWith({ targets: ['"{hubAccount}"'] })],
    ['the whole organization', fileWith({ rest: 'organization: {}' })],
    ['a document as a mapping', fileWith({ rest: 'defaults: { trust: { Version: 2012-10-17, Statement: [] } }' })],
    [
      'an exception that says what it accepts',
      fileWith({ rest: 'exceptions: [{ rule: trust-changed, finding: 0ab1c2d3e4f50617, owner: o, reason: r, expires: 2027-01-31 }]' }),
    ],
    [
      'a trust by its principals',
      fileWith({
        rest: 'defaults: { trust: { principals: [hub-user, "222222222222", "arn:aws:iam::{account}:role/x"], externalId: x-1 } }',
      }),
    ],
    ['a document as text', fileWith({ rest: 'defaults: { inlinePolicies: { a: "{}" } }' })],
  ])('accepts %s', (_, text) => {
    expect({ valid: validate(parse(text)), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  test.each([
    ['an account that is a number', fileWith({ targets: ['222222222222'] })],
    ['an unknown key', fileWith({ rest: 'default: {}' })],
    ['an unknown key of a target', fileWith({ targets: ['{ account: "222222222222", rolename: x }'] })],
    ['a trust that is neither word nor document', fileWith({ rest: 'defaults: { trust: hub }' })],
    ['a trust that is half document', fileWith({ rest: 'defaults: { trust: { principals: [hub-user], Statement: [] } }' })],
    ['a trust in nobody', fileWith({ rest: 'defaults: { trust: { principals: [] } }' })],
    ['an unknown key of a class', fileWith({ rest: 'classes: { a: { account: "222222222222" } }' })],
    ['a class without a proper name', fileWith({ rest: 'classes: { "a b": {} }' })],
    ['a class of the defaults', fileWith({ rest: 'defaults: { class: a }' })],
    ['tags that are a list', fileWith({ rest: 'defaults: { tags: [a] }' })],
    ['a tag that is a number', fileWith({ rest: 'defaults: { tags: { a: 1 } }' })],
    ['a document that is a number', fileWith({ rest: 'defaults: { inlinePolicies: { a: 1 } }' })],
    [
      'an exception that does not say what it accepts',
      fileWith({ rest: 'exceptions: [{ rule: trust-changed, owner: o, reason: r, expires: 2027-01-31 }]' }),
    ],
    ['an exception without an end', fileWith({ rest: 'exceptions: [{ rule: trust-changed, owner: o, reason: r }]' })],
    ['an exception from an unknown rule', fileWith({ rest: 'exceptions: [{ rule: x, owner: o, reason: r, expires: 2027-01-31 }]' })],
    ['an included account', fileWith({ rest: 'organization: { include: ["222222222222"] }' })],
    ['an empty list of units', fileWith({ rest: 'organization: { include: [] }' })],
    ['a session that is too long', fileWith({ rest: 'defaults: { maxSessionDuration: 43201 }' })],
  ])('refuses %s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
  });

  test('describes every key', () => {
    const nameless: string[] = [];
    const visit = (schema: unknown, path: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries(schema)) {
        if (key !== 'properties') visit(value, path);
        else
          for (const [name, property] of Object.entries(Object(value))) {
            if (Object(property).description === undefined) nameless.push(`${path}.${name}`);
            visit(property, `${path}.${name}`);
          }
      }
    };
    visit(desiredStateJsonSchema(), '');
    expect(nameless).toEqual([]);
  });
});
