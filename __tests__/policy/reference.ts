/**
 * A second, slow reading of the policy language, for tests alone: it answers one request with one context, straight from the definition, and
 * shares no code with the engine. Documents are plain objects that are known to be valid.
 */

export type Level = 'deny' | 'none' | 'allow';

export interface Request {
  readonly action: string;
  /** Of identity documents. */
  readonly resource?: string;
  /** Of trust documents: a kind and an id as in the Principal element. */
  readonly caller?: readonly [kind: string, id: string];
  /** Lower-case keys; a missing key is absent. */
  readonly context: ReadonlyMap<string, readonly string[]>;
  /** Keys, in lower case, that a condition with a quantifier asks about: an empty text of theirs may be no value. */
  readonly sets?: ReadonlySet<string>;
  readonly reading?: Reading;
}

/** The keys that one of the documents takes for sets. */
export function setsIn(...documents: readonly ReferenceDocument[]): ReadonlySet<string> {
  const conditions = documents.flatMap(({ Statement }) => Statement.flatMap(({ Condition = {} }) => Object.entries(Condition)));
  return new Set(conditions.flatMap(([name, keys]) => (name.startsWith('For') ? Object.keys(keys).map((key) => key.toLowerCase()) : [])));
}

/** What AWS does not say. No verdict may be wrong in any of these readings. */
export interface Reading {
  /** In a pattern for ARNs, do colons that come with a variable end segments? */
  readonly colonsOfVariables: 'text' | 'separators';
  /** Is an empty text no value, for quantifiers and, of keys that are taken for sets, for `Null`? And for variables? */
  readonly emptySets: boolean;
  readonly emptyIsAbsent: boolean;
  /** Does a negated operator hold of a value that is not of its type, as of any other that is not named? */
  readonly mistyped: 'another value' | 'no match';
  /** Does ForAnyValue with IfExists hold of an absent key? */
  readonly anyOfNone: boolean;
  /** Are wildcards in what a variable stands for some, where its pattern takes them? */
  readonly wildcardsOfVariables: boolean;
}

const PLAIN: Reading = {
  colonsOfVariables: 'separators',
  emptySets: false,
  emptyIsAbsent: false,
  mistyped: 'another value',
  anyOfNone: true,
  wildcardsOfVariables: false,
};

export interface ReferenceDocument {
  readonly Version?: string;
  readonly Statement: readonly ReferenceStatement[];
}

export interface ReferenceStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function levelOf(document: ReferenceDocument, request: Request): Level {
  const matching = document.Statement.filter((statement) => matches(statement, request, document.Version === '2012-10-17'));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'deny';
  return matching.length > 0 ? 'allow' : 'none';
}

function matches(statement: ReferenceStatement, request: Request, variables: boolean): boolean {
  const { Action, NotAction, Resource, NotResource, Principal, Condition = {} } = statement;
  const { action, resource, caller, sets, reading = PLAIN } = request;
  const context = reading.emptyIsAbsent ? withoutEmpty(request.context) : request.context;
  const isAction = (pattern: string): boolean => glob(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string): boolean =>
    expanded(completed(pattern), { context, reading }, variables, true).some((one) => one.test(resource ?? ''));
  if (Action !== undefined && !list(Action).some(isAction)) return false;
  if (NotAction !== undefined && list(NotAction).some(isAction)) return false;
  if (Resource !== undefined && !list(Resource).some(isResource)) return false;
  if (NotResource !== undefined && list(NotResource).some(isResource)) return false;
  if (Principal !== undefined && !isCaller(Principal, caller ?? ['', ''])) return false;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const texts = (Array.isArray(values) ? values : [values]).map(String);
      const held = request.context.get(key.toLowerCase());
      const isNone =
        held?.join() === '' && reading.emptySets && (operator === 'Null' ? sets?.has(key.toLowerCase()) : operator.startsWith('For'));
      return condition(operator, texts, isNone === true ? undefined : held, { context, reading }, variables);
    }),
  );
}

/** The segments that an ARN leaves out are any. */
function completed(pattern: string): string {
  const missing = 6 - pattern.replace(/\$\{[^}]*\}/g, '').split(':').length;
  return pattern.startsWith('arn:') && missing > 0 ? pattern + ':*'.repeat(missing) : pattern;
}

function withoutEmpty(context: Request['context']): Request['context'] {
  return new Map([...context].filter(([, values]) => values.join() !== ''));
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function glob(pattern: string, text: string, wild = '[\\s\\S]'): boolean {
  const source = [...pattern].map((char) => (char === '*' ? `${wild}*` : char === '?' ? wild : escaped(char))).join('');
  return new RegExp(`^${source}$`).test(text);
}

/** A part of a pattern: `plain` where no character of it is a wildcard. */
interface Piece {
  readonly text: string;
  readonly plain: boolean;
  readonly ofVariable: boolean;
}

/** The pattern with its variables filled in; `null` when one of them is absent, as nothing matches then. */
function filledIn(pattern: string, { context, reading }: Surroundings, variables: boolean): readonly Piece[] | null {
  const filled: Piece[] = [];
  for (const piece of variables ? pattern.split(/(\$\{[^}]*\})/) : [pattern]) {
    const [, name] = variables ? (/^\$\{([^}]*)\}$/.exec(piece) ?? []) : [];
    if (name === undefined) filled.push({ text: piece, plain: false, ofVariable: false });
    else if (['*', '?', '$'].includes(name)) filled.push({ text: name, plain: true, ofVariable: false });
    else {
      const [, key = '', fallback] = /^([^,]+)(?:,\s*'([^']*)')?$/.exec(name) ?? [];
      const value = context.get(key.toLowerCase()) ?? (fallback === undefined ? [] : [fallback]);
      if (value.length !== 1) return null;
      filled.push({ text: value[0] ?? '', plain: !reading.wildcardsOfVariables, ofVariable: true });
    }
  }
  return filled;
}

function expanded(pattern: string, surroundings: Surroundings, variables: boolean, wildcards: boolean, flags = ''): readonly RegExp[] {
  const pieces = filledIn(pattern, surroundings, variables);
  if (!pieces) return [];
  const source = pieces.map(({ text, plain }) =>
    [...text]
      .map((char) => (!plain && wildcards && char === '*' ? '[\\s\\S]*' : !plain && wildcards && char === '?' ? '[\\s\\S]' : escaped(char)))
      .join(''),
  );
  return [new RegExp(`^${source.join('')}$`, flags)];
}

function isCaller(
  principal: string | Readonly<Record<string, string | readonly string[]>>,
  [kind, id]: readonly [string, string],
): boolean {
  if (principal === '*') return true;
  if (typeof principal === 'string') return false;
  return Object.entries(principal).some(([own, ids]) =>
    list(ids).some((one) => {
      if (own === 'AWS' && one === '*') return true;
      if (own !== kind) return false;
      if (one === id || one === '*') return true;
      return own === 'AWS' && contains(one, id);
    }),
  );
}

function contains(principal: string, id: string): boolean {
  const caller = id.split(':');
  if (/^\d{12}$/.test(principal)) return caller[1] === 'aws' && caller[4] === principal;
  const own = principal.split(':');
  if (own[5] === 'root') return own[1] === caller[1] && own[4] === caller[4];
  const role = own[5]?.startsWith('role/') ? own[5].split('/').at(-1) : undefined;
  const [type, name] = (caller[5] ?? '').split('/');
  return own[1] === caller[1] && own[4] === caller[4] && type === 'assumed-role' && name === role;
}

interface Surroundings {
  readonly context: Request['context'];
  readonly reading: Reading;
}

function condition(
  operator: string,
  wanted: readonly string[],
  values: readonly string[] | undefined,
  surroundings: Surroundings,
  variables: boolean,
): boolean {
  if (operator === 'Null') return wanted.some((text) => (text === 'true') === (values === undefined));
  const any = operator.startsWith('ForAnyValue:');
  const all = operator.startsWith('ForAllValues:');
  const ifExists = operator.endsWith('IfExists');
  const base = operator.replace(/^For\w+:/, '').replace(/IfExists$/, '');
  const negated = base.includes('Not');
  if (values === undefined) return any ? ifExists && surroundings.reading.anyOfNone : ifExists || all || negated;
  const holds = (value: string): boolean =>
    (surroundings.reading.mistyped === 'another value' || isOfType(base, value)) &&
    wanted.some((text) => test(base.replace('Not', ''), text, value, surroundings, variables)) !== negated;
  return all ? values.every(holds) : values.some(holds);
}

function isOfType(operator: string, value: string): boolean {
  if (operator.startsWith('Numeric')) return !Number.isNaN(Number.parseFloat(value)) && Number(value) === Number.parseFloat(value);
  if (operator.startsWith('Date')) return !Number.isNaN(instantOf(value));
  if (operator.startsWith('Arn')) return value.split(':').length >= 6;
  return !operator.endsWith('IpAddress') || /^[0-9a-f:.]*[:.][0-9a-f:.]*$/i.test(value);
}

function test(operator: string, wanted: string, value: string, surroundings: Surroundings, variables: boolean): boolean {
  switch (operator) {
    case 'StringEquals':
      return expanded(wanted, surroundings, variables, false).some((one) => one.test(value));
    case 'StringEqualsIgnoreCase':
      return expanded(wanted, surroundings, variables, false, 'i').some((one) => one.test(value));
    case 'StringLike':
      return expanded(wanted, surroundings, variables, true).some((one) => one.test(value));
    case 'ArnEquals':
    case 'ArnLike':
      return arnLike(wanted, value, surroundings, variables);
    case 'Bool':
      return wanted.toLowerCase() === value.toLowerCase();
    case 'BinaryEquals':
      return wanted === value;
    case 'IpAddress':
      return inBlock(wanted, value);
    default:
      return operator.startsWith('Date')
        ? ordered(operator.slice('Date'.length), instantOf(value), instantOf(wanted))
        : ordered(operator.slice('Numeric'.length), numberOf(value), numberOf(wanted));
  }
}

/** An empty text is none. */
function numberOf(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

/** Milliseconds since 1970 of a date, or of as many seconds. */
function instantOf(text: string): number {
  return /^\d{10}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function ordered(relation: string, value: number, bound: number): boolean {
  const relations: Readonly<Record<string, boolean>> = {
    Equals: value === bound,
    LessThan: value < bound,
    LessThanEquals: value <= bound,
    GreaterThan: value > bound,
    GreaterThanEquals: value >= bound,
  };
  return relations[relation] ?? false;
}

/** Segment by segment; the sixth is all the rest. */
function arnLike(pattern: string, value: string, surroundings: Surroundings, variables: boolean): boolean {
  const { reading } = surroundings;
  const pieces = filledIn(pattern, surroundings, variables);
  if (!pieces || value.split(':').length < 6) return false;
  let source = '';
  let segment = 1;
  for (const { text, plain, ofVariable } of pieces) {
    const isText = ofVariable && reading.colonsOfVariables === 'text';
    // No segment but the last of a value has a colon in it.
    if (isText && segment < 6 && text.includes(':')) return false;
    for (const char of text) {
      if (char === ':' && !isText) segment++;
      const wild = segment < 6 ? '[^:]' : '[\\s\\S]';
      source += !plain && char === '*' ? `${wild}*` : !plain && char === '?' ? wild : escaped(char);
    }
  }
  return new RegExp(`^${source}$`).test(value);
}

/** Bit by bit. An address of one family is in no block of the other. */
function inBlock(block: string, address: string): boolean {
  const [host = '', length] = block.split('/');
  const [wanted, held] = [bitsOf(host), bitsOf(address)];
  return wanted.length === held.length && held.startsWith(wanted.slice(0, Number(length ?? wanted.length)));
}

function bitsOf(address: string): string {
  if (!address.includes(':')) return binary(address.split('.'), 10, 8);
  const [start = [], end = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));

  return binary([...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0'), ...end], 16, 16);
}

function binary(numbers: readonly string[], base: number, size: number): string {
  return numbers.map((number) => Number.parseInt(number, base).toString(2).padStart(size, '0')).join('');
}
