import { z } from 'zod';

const authored = z.object({
  user: z.object({ login: z.string(), type: z.string().nullish() }).nullish(),
  author_association: z.string().nullish(),
});
const issue = authored.extend({
  number: z.int(),
  html_url: z.string(),
  state: z.string(),
  body: z.string().nullish(),
  closed_at: z.string().nullish(),
  locked: z.boolean().nullish(),
  pull_request: z.unknown().optional(),
  assignees: z.array(z.object({ login: z.string() })).nullish(),
});
const comment = authored.extend({ id: z.int(), body: z.string().nullish() });
const label = z.object({ name: z.string() });

/** An issue and a comment as GitHub shows them, with the fields that are used here. */
export type IssueAnswer = z.output<typeof issue>;
export type CommentAnswer = z.output<typeof comment>;

/**
 * Every call to GitHub: what the answer is, for people, and its form. Of a list, the form of one page. Nothing that is not named here reaches the rest of
 * the code, so nothing there relies on what was not checked. What can be missing or `null` differs between versions of GitHub Enterprise Server; only what a
 * run can't do without is demanded. https://docs.github.com/rest
 */
const ANSWERS = {
  'GET /repos/{owner}/{repo}': {
    what: 'the repository',
    form: z.object({ private: z.boolean().nullish(), visibility: z.string().nullish(), default_branch: z.string().min(1) }),
  },
  'GET /repos/{owner}/{repo}/contents/{path}': {
    what: 'a file',
    form: z.union([
      z.object({ type: z.literal('file'), size: z.int(), sha: z.string(), content: z.string().nullish() }),
      z.object({ type: z.enum(['dir', 'symlink', 'submodule']) }),
      z.array(z.object({ type: z.string() })).min(1),
    ]),
  },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': {
    what: 'the content of a file',
    form: z.object({ encoding: z.literal('base64'), content: z.string() }),
  },
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': { what: 'a commit', form: z.object({ sha: z.string() }) },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': {
    what: 'a pull request',
    form: z.object({ head: z.object({ sha: z.string() }), locked: z.boolean().nullish() }),
  },
  'GET /repos/{owner}/{repo}/issues': { what: 'a list of issues', form: z.array(issue) },
  'POST /repos/{owner}/{repo}/issues': { what: 'the new issue', form: issue },
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}': { what: 'the changed issue', form: issue },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees': { what: 'the assigned issue', form: issue },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': { what: 'the labels of the issue', form: z.array(label) },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': { what: 'a list of comments', form: z.array(comment) },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': { what: 'the new comment', form: comment },
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': { what: 'the changed comment', form: comment },
  // Octokit returns the missing body of a 204 as empty text.
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': { what: 'an empty answer', form: z.literal('') },
  'GET /repos/{owner}/{repo}/labels/{name}': { what: 'a label', form: label },
  'POST /repos/{owner}/{repo}/labels': { what: 'the new label', form: label },
} as const;

type Answers = { readonly [R in keyof typeof ANSWERS]: z.output<(typeof ANSWERS)[R]['form']> };
export type Route = keyof Answers;
export type AnswerTo<R extends Route> = Answers[R];

const EXPECTED: { readonly [R in Route]: { readonly what: string; readonly form: z.ZodType<Answers[R]> } } = ANSWERS;

/**
 * Reads the answer to a call.
 *
 * @throws {OddAnswer}
 */
export function readAnswer<R extends Route>(route: R, data: unknown): AnswerTo<R> {
  const { what, form } = EXPECTED[route];
  const parsed = form.safeParse(data);
  if (!parsed.success) throw new OddAnswer(route, `with ${kindOf(data)} instead of ${what}`);
  return parsed.data;
}

/** GitHub, or something between it and the runner, answered a call as if all were well, but with something else than GitHub answers. */
export class OddAnswer extends Error {
  override readonly name = 'OddAnswer';
  /** What came, and in place of what: `an HTML page in place of a list of issues`. */
  readonly said: string;

  constructor(route: Route, said: string) {
    super(`${route}: ${said}`);
    this.said = said;
  }
}

/** What an answer is, for people. Its text is not shown: it is not GitHub's, and may be anything. */
export function kindOf(data: unknown): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return data.length === 0 ? 'an empty list' : 'a list';
  if (data === undefined) return 'nothing';
  if (data instanceof ArrayBuffer) return 'binary data';
  if (typeof data === 'object') return 'JSON of an unexpected form';
  if (typeof data !== 'string') return `a ${typeof data}`;
  if (data.trim() === '') return 'nothing';
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(data) ? 'an HTML page' : 'text';
}
