import type { ElementList, Policy, Statement } from '../policy/index.ts';

/** Most lines about one policy, most actions and most resources on one of them. AWS's ReadOnlyAccess has more than a thousand actions. */
const MOST_LINES = 6;
const MOST_ACTIONS = 8;
const MOST_RESOURCES = 3;

/** Actions of one effect on the same resources. */
interface Share {
  readonly effect: Statement['effect'];
  readonly action: ElementList;
  readonly resource: ElementList | null;
  readonly isConditional: boolean;
}

/**
 * What a policy allows, for people: a line for each set of resources, what reaches furthest first, then the shortest; what it denies comes last. Nothing where
 * the policy can't be understood.
 */
export function allowedLines({ statements }: Policy): readonly string[] {
  if (statements === null || statements.length === 0) return [];
  const all = sharesOf(statements);
  const widest = all.find((share) => rankOf(share) === 0);
  // Beside everything on everything, nothing else that is allowed matters.
  const told = widest === undefined ? all : all.filter((share) => share === widest || share.effect === 'Deny');
  const shares = told.map((share) => ({ share, line: lineOf(share) }));
  const ranked = shares.toSorted((a, b) => rankOf(a.share) - rankOf(b.share) || a.line.length - b.line.length);
  const lines = ranked.map(({ line }) => line);
  const text = shares.some(({ share }) => share.effect === 'Allow') ? lines : ['It only denies.', ...lines];
  if (text.length <= MOST_LINES) return text;
  return [...text.slice(0, MOST_LINES - 1), `And ${text.length - MOST_LINES + 1} more kinds of access.`];
}

/** The statements with the same resources and conditions taken together. Conditions are told apart only by whether there are any. */
function sharesOf(statements: readonly Statement[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { effect, action, resource, conditions } of statements) {
    const isConditional = conditions.length > 0;
    const sorted = resource && { ...resource, values: resource.values.toSorted() };
    // What is allowed but for some actions can't be joined with another such list.
    const key = JSON.stringify([effect, action.negated ? action.values : null, sorted, isConditional]);
    const known = shares.get(key)?.action.values ?? [];
    const values = action.negated ? action.values : [...known, ...action.values];
    shares.set(key, { effect, action: { negated: action.negated, values }, resource: sorted, isConditional });
  }
  return [...shares.values()];
}

/** Everything first: by the effect, then by the actions, then by the resources, then by the conditions. */
function rankOf({ effect, action, resource, isConditional }: Share): number {
  const ofActions = isEverything(action) ? 0 : action.negated ? 1 : 2;
  const ofResources = isEverything(resource) ? 0 : resource?.negated ? 1 : 2;
  return (effect === 'Allow' ? 0 : 100) + 10 * ofActions + 3 * ofResources + Number(isConditional);
}

function lineOf({ effect, action, resource, isConditional }: Share): string {
  const verb = effect === 'Allow' ? 'Allows' : 'Denies';
  const where = isEverything(resource) ? 'everything' : listed(resource, 'everything', MOST_RESOURCES);
  return `${verb} ${actionText(action)} on ${where}${isConditional ? ', under conditions' : ''}.`;
}

function actionText(action: ElementList): string {
  if (isEverything(action)) return 'every action';
  const whole = new Set(action.values.filter((value) => /^[^:*?]+:\*$/.test(value)).map(serviceOf));
  const values = action.values.filter((value) => /^[^:]+:\*$/.test(value) || !whole.has(serviceOf(value)));
  const byLength = [...new Set(values)].toSorted((a, b) => Number(!a.endsWith(':*')) - Number(!b.endsWith(':*')) || a.length - b.length);
  return listed({ ...action, values: byLength }, 'every action', MOST_ACTIONS);
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

function listed(list: ElementList | null, all: string, most: number): string {
  const { negated, values } = list ?? { negated: false, values: [] };
  const more = values.length - most;
  const names = values.slice(0, most).map((value) => `\`${value}\``);
  const text = more > 0 ? `${names.join(', ')} and ${more.toLocaleString('en-US')} more` : names.join(', ');
  return negated ? `${all} except ${text}` : text;
}

function isEverything(list: ElementList | null): boolean {
  return list === null || (!list.negated && list.values.some((value) => /^\*+(?::\*+)?$/.test(value)));
}
