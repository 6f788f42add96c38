import { type Answer, type Call, created, ok, text } from './call.ts';
import { atMost, invalid, notFound } from './problem.ts';
import { labelNamed, labelView } from './views.ts';

/** https://docs.github.com/rest/issues/labels */

export function getLabel(call: Call): Answer {
  const label = labelNamed(call.site.repository, call.segments[2] ?? '');
  if (label === undefined) throw notFound();
  return ok(labelView(label));
}

export function createLabel(call: Call): Answer {
  const { repository } = call.site;
  const name = text(call, 'name') ?? '';
  const color = text(call, 'color') ?? 'ededed';
  const description = text(call, 'description') ?? '';
  if (name === '') throw invalid({ resource: 'Label', field: 'name', code: 'missing_field' });
  atMost(50, 'Label', 'name', name);
  atMost(100, 'Label', 'description', description);
  if (!/^[\da-f]{6}$/i.test(color)) throw invalid({ resource: 'Label', field: 'color', code: 'invalid' });
  if (labelNamed(repository, name) !== undefined) throw invalid({ resource: 'Label', field: 'name', code: 'already_exists' });
  const label = { name, color, description };
  repository.labels.push(label);
  return created(labelView(label));
}
