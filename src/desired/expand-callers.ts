import type { NamedCaller } from '../state/principals.ts';
import { expandedText, type Scope } from './scope.ts';
import { CALLER_NAME } from './syntax.ts';

/** The users and roles under `hub.otherCallers`. */
export function expandCallers(content: readonly string[], scope: Scope): readonly NamedCaller[] {
  const seen = new Set<string>();
  return content.map((raw, index) => {
    const path = ['hub', 'otherCallers', index];
    const text = expandedText(scope, path, raw, CALLER_NAME);
    // Names are unique in any case, paths are not.
    if (seen.has(text.toLowerCase()))
      scope.complaints.add(path, { message: `duplicate entry ${text}`, expected: 'each user and role once' });
    seen.add(text.toLowerCase());
    return namedCaller(text);
  });
}

function namedCaller(text: string): NamedCaller {
  const name = text.slice(text.lastIndexOf('/') + 1);
  const [kind] = text.split('/', 1);
  if (kind === name) return { kind: undefined, path: undefined, name };
  const path = text.slice(text.indexOf('/'), text.lastIndexOf('/') + 1);
  return { kind: kind === 'user' ? 'User' : 'Role', path: path === '/' ? undefined : path, name };
}
