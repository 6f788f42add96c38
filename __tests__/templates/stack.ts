import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { pathOf } from '../docs/pages.ts';

/** What a CloudFormation template comes to for given parameters: its intrinsic functions, as far as our templates use them. */

/** Where the stack is. */
export interface Site {
  readonly partition: string;
  readonly account: string;
}

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
type Mapping = { readonly [key: string]: Json };

export interface Template {
  readonly text: string;
  readonly body: Mapping;
}

export function template(name: string): Template {
  const text = readFileSync(pathOf(`templates/cloudformation/${name}.yaml`), 'utf8');
  return { text, body: mapping(plain(parseDocument(text, { logLevel: 'silent' }).contents)) };
}

/** Short forms such as `!Ref X` as their long ones: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
function plain(node: unknown): Json {
  if (isScalar(node) || isSeq(node) || isMap(node)) {
    const value = untagged(node);
    const [, name] = /^!(\w+)$/.exec(node.tag ?? '') ?? [];
    if (name === undefined) return value;
    if (name === 'Ref' || name === 'Condition') return { [name]: value };
    return { [`Fn::${name}`]: name === 'GetAtt' ? String(value).split('.') : value };
  }
  return null;
}

function untagged(node: unknown): Json {
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), plain(value)]));
  const value = isScalar(node) ? node.value : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

export function mapping(value: Json): Mapping {
  if (typeof value !== 'object' || value === null || isList(value)) throw new TypeError(`No mapping: ${JSON.stringify(value)}`);
  return value;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The parameters of a template, each with its type, default and pattern. */
export function parametersOf({ body }: Template): Record<string, Mapping> {
  return Object.fromEntries(Object.entries(mapping(body.Parameters)).map(([name, parameter]) => [name, mapping(parameter)]));
}

/** Properties of the resources that the stack makes, by logical id. */
export function resourcesOf(from: Template, given: Readonly<Record<string, string>>, site: Site): Record<string, Mapping> {
  const stack = new Stack(from, given, site);
  return Object.fromEntries(
    Object.entries(mapping(from.body.Resources))
      .map(([id, resource]) => [id, mapping(resource)] as const)
      .filter(([, { Condition }]) => Condition === undefined || stack.holds({ Condition }))
      .map(([id, { Properties }]) => [id, mapping(stack.value(Properties))]),
  );
}

/** Values of the stack's outputs. */
export function outputsOf(from: Template, given: Readonly<Record<string, string>>, site: Site): Record<string, Json> {
  const stack = new Stack(from, given, site);
  return Object.fromEntries(
    Object.entries(mapping(from.body.Outputs))
      .map(([name, output]) => [name, mapping(output)] as const)
      .filter(([, { Condition }]) => Condition === undefined || stack.holds({ Condition }))
      .map(([name, { Value }]) => [name, stack.value(Value)]),
  );
}

/** Names of the rules that refuse these parameters. */
export function refusals(from: Template, given: Readonly<Record<string, string>>, site: Site): string[] {
  const stack = new Stack(from, given, site);
  return Object.entries(mapping(from.body.Rules)).flatMap(([name, rule]) => {
    const { RuleCondition, Assertions } = mapping(rule);
    if (RuleCondition !== undefined && !stack.holds(RuleCondition)) return [];
    const assertions: readonly Json[] = Array.isArray(Assertions) ? Assertions : [];
    return assertions.every((assertion) => stack.holds(mapping(assertion).Assert)) ? [] : [name];
  });
}

class Stack {
  readonly #template: Template;
  readonly #values: ReadonlyMap<string, Json>;
  readonly #site: Site;

  constructor(from: Template, given: Readonly<Record<string, string>>, site: Site) {
    this.#template = from;
    this.#site = site;
    const parameters = parametersOf(from);
    const unknown = Object.keys(given).filter((name) => parameters[name] === undefined);
    if (unknown.length > 0) throw new Error(`The template has no parameter ${unknown.join(', ')}`);
    this.#values = new Map(
      Object.entries(parameters).map(([name, { Type, Default }]) => {
        const text = given[name] ?? Default;
        if (text === undefined) throw new Error(`The parameter ${name} is not given`);
        return [name, Type === 'CommaDelimitedList' ? String(text).split(',') : String(text)];
      }),
    );
  }

  /** `undefined` for AWS::NoValue. */
  value(json: Json): Json {
    if (typeof json !== 'object' || json === null) return json;
    if (isList(json)) return json.map((item) => this.value(item)).filter((item) => item !== undefined);
    const [[name = '', argument] = []] = Object.entries(json);
    if (name === 'Ref') return this.#ref(String(argument));
    if (name.startsWith('Fn::')) return this.#call(name.slice('Fn::'.length), argument);
    return Object.fromEntries(
      Object.entries(json)
        .map(([key, item]) => [key, this.value(item)] as const)
        .filter(([, item]) => item !== undefined),
    );
  }

  holds(condition: Json): boolean {
    const [[name = '', argument] = []] = Object.entries(mapping(condition));
    const parts = isList(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return this.holds(mapping(this.#template.body.Conditions)[String(argument)]);
      case 'Fn::Equals':
        return this.value(parts[0]) === this.value(parts[1]);
      case 'Fn::Not':
        return !this.holds(parts[0]);
      case 'Fn::And':
        return parts.every((part) => this.holds(part));
      case 'Fn::Or':
        return parts.some((part) => this.holds(part));
      default:
        throw new Error(`Unknown condition ${name}`);
    }
  }

  #ref(name: string): Json {
    const { partition, account } = this.#site;
    if (name === 'AWS::Partition') return partition;
    if (name === 'AWS::AccountId') return account;
    if (name === 'AWS::NoValue') return undefined;
    if (name === 'OidcProvider') return `arn:${partition}:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    if (!this.#values.has(name)) throw new Error(`Nothing is called ${name}`);
    return this.#values.get(name);
  }

  #call(name: string, argument: Json): Json {
    const parts = isList(argument) ? argument : [argument];
    switch (name) {
      case 'If':
        return this.value(this.holds({ Condition: parts[0] }) ? parts[1] : parts[2]);
      case 'Join':
        return this.#list(parts[1]).join(String(parts[0]));
      case 'Split':
        return String(this.value(parts[1])).split(String(parts[0]));
      case 'Select':
        return this.#list(parts[1])[Number(parts[0])];
      case 'GetAtt':
        return this.#roleArn(String(parts[0]));
      case 'Sub':
        return this.#substituted(String(parts[0]), parts[1] === undefined ? {} : mapping(parts[1]));
      default:
        throw new Error(`Unknown function ${name}`);
    }
  }

  /** The only attribute that the templates ask for is the ARN of a role. */
  #roleArn(id: string): string {
    const { Path, RoleName } = mapping(mapping(mapping(this.#template.body.Resources)[id]).Properties);
    return `arn:${this.#site.partition}:iam::${this.#site.account}:role${this.value(Path)}${this.value(RoleName)}`;
  }

  #list(json: Json): readonly Json[] {
    const list = this.value(json);
    if (!isList(list)) throw new TypeError(`No list: ${JSON.stringify(list)}`);
    return list;
  }

  #substituted(text: string, own: Mapping): string {
    return text.replace(/\$\{([^}]+)\}/g, (_variable, name: string) => String(this.value(own[name] ?? { Ref: name })));
  }
}
