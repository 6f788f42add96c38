import { type Answer, type Call, ok } from './call.ts';
import { notFound } from './problem.ts';
import { pullView, repositoryView } from './views.ts';

/** https://docs.github.com/rest/repos/contents: a file at a ref, as JSON or (by the Accept header) as it is. */
export function getContents(call: Call): Answer {
  const path = call.segments[2] ?? '';
  const ref = call.query.get('ref') ?? 'main';
  const file = call.site.repository.files.find((candidate) => candidate.path === path && candidate.ref === ref);
  if (file === undefined) throw notFound();
  if (call.accept.includes('raw')) return ok(file.text);
  const content = Buffer.from(file.text).toString('base64');
  return ok({ type: 'file', encoding: 'base64', path, name: path.split('/').at(-1), size: Buffer.byteLength(file.text), content });
}

export function getPull(call: Call): Answer {
  const pull = call.site.repository.pulls.find(({ number }) => number === Number(call.segments[2]));
  if (pull === undefined) throw notFound();
  return ok(pullView(call.site, pull));
}

export function getRepository(call: Call): Answer {
  return ok(repositoryView(call.site));
}
