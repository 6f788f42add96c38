/** Statements as the case tables write them: what is not said is usual. Elements come in the order in which AWS's pages write them. */

export type Statement = Readonly<Record<string, unknown>>;

type Patterns = string | readonly string[];

/** All but these: `NotAction` in the place of `Action`, `NotResource` in the place of `Resource`. */
interface AllBut {
  readonly allBut: Patterns;
}

export function not(allBut: Patterns): AllBut {
  return { allBut };
}

export function allow(action: Patterns | AllBut, resource: Patterns | AllBut = '*', condition?: object): Statement {
  return { Effect: 'Allow', ...element('Action', action), ...element('Resource', resource), ...when(condition) };
}

export function deny(action: Patterns | AllBut, resource: Patterns | AllBut = '*', condition?: object): Statement {
  return { ...allow(action, resource, condition), Effect: 'Deny' };
}

/** Where the condition is all that matters. */
export function allowWhen(condition: object): Statement {
  return allow('s3:GetObject', '*', condition);
}

export function denyWhen(condition: object): Statement {
  return deny('s3:GetObject', '*', condition);
}

/** Of a trust policy. */
export function trust(principal: unknown, action: Patterns | AllBut = 'sts:AssumeRole', condition?: object): Statement {
  return { Effect: 'Allow', Principal: principal, ...element('Action', action), ...when(condition) };
}

export function distrust(principal: unknown, action: Patterns | AllBut = 'sts:AssumeRole', condition?: object): Statement {
  return { ...trust(principal, action, condition), Effect: 'Deny' };
}

function element(name: string, value: Patterns | AllBut): Statement {
  return typeof value === 'object' && 'allBut' in value ? { [`Not${name}`]: value.allBut } : { [name]: value };
}

function when(condition: object | undefined): Statement {
  return condition === undefined ? {} : { Condition: condition };
}
