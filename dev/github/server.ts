import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer, Call } from './call.ts';
import type { Fault, FaultAnswer } from './faults.ts';
import { idToken, type OidcSettings } from './oidc.ts';
import { cutPage } from './pages.ts';
import { notFound, Problem } from './problem.ts';
import { emptyRepository, type Repository } from './repository.ts';
import { ROUTES } from './routes.ts';
import { CONTENTS_TOKEN, demand, FORK_TOKEN, FULL_TOKEN, type Token, tokenOf } from './tokens.ts';

/** A GitHub with one repository, on its own port, for tests and the demo. */
export interface EmbeddedGitHub extends AsyncDisposable {
  /** For `GITHUB_API_URL` and `GITHUB_SERVER_URL`. */
  readonly url: string;
  readonly repository: Repository;
  readonly tokens: Token[];
  /** Every API call with its answer's status (0: none), in order. */
  readonly calls: RecordedCall[];
  /** The faults; the first that matches applies. Faults that are used up are removed. */
  readonly faults: Fault[];
  /** The variables by which a job with `id-token: write` gets its OIDC token. */
  readonly oidcVariables: Readonly<Record<'ACTIONS_ID_TOKEN_REQUEST_URL' | 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', string>>;
  close(): Promise<void>;
}

export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: ReadonlyMap<string, unknown>;
  readonly status: number;
}

export interface GitHubOptions {
  readonly owner?: string;
  readonly name?: string;
  readonly ref?: string;
  /** Numbers of owner and repository; if given, the subject of OIDC tokens has them. */
  readonly ids?: OidcSettings['ids'];
  /** Environment of the job that asks for OIDC tokens. */
  readonly environment?: string;
  /** 0, the default: any free port. */
  readonly port?: number;
}

/** Faults hit it like the paths of the API. */
export const OIDC_PATH = '/_oidc/token';
const OIDC_TOKEN = 'embedded-request-token';

export async function startGitHub(options: GitHubOptions = {}): Promise<EmbeddedGitHub> {
  const repository = emptyRepository(options.owner ?? 'acme', options.name ?? 'access');
  const world: World = {
    url: '',
    repository,
    tokens: [FULL_TOKEN, FORK_TOKEN, CONTENTS_TOKEN],
    calls: [],
    faults: [],
    job: { ref: options.ref ?? 'refs/heads/main', ids: options.ids, environment: options.environment },
  };
  const server = createServer((request, response) => {
    serve(world, request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  world.url = await listen(server, options.port ?? 0);
  const close = () => stop(server);
  return {
    ...world,
    oidcVariables: { ACTIONS_ID_TOKEN_REQUEST_URL: `${world.url}${OIDC_PATH}?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: OIDC_TOKEN },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface World {
  url: string;
  readonly repository: Repository;
  readonly tokens: Token[];
  readonly calls: RecordedCall[];
  readonly faults: Fault[];
  readonly job: Pick<OidcSettings, 'ref' | 'ids' | 'environment'>;
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', world.url);
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  const fault = takeFault(world.faults, { method, path: url.pathname });
  if (url.pathname === OIDC_PATH)
    return fault === undefined ? serveToken(world, request, url, response) : send(world, url, response, fault.answer);
  const real = fault === undefined || fault.afterwards === true ? answer(world, request, url, body) : undefined;
  const shown = fault?.answer ?? real ?? notFound();
  world.calls.push({ method, path: url.pathname, query: url.search, body, status: typeof shown === 'string' ? 0 : shown.status });
  send(world, url, response, shown);
}

function answer(world: World, request: IncomingMessage, url: URL, body: ReadonlyMap<string, unknown>): Answer | Problem {
  try {
    const token = tokenOf(request.headers.authorization, world.tokens);
    for (const route of ROUTES) {
      const match = route.method === request.method ? route.path.exec(url.pathname) : null;
      if (match === null) continue;
      const segments = match.slice(1).map(decodeURIComponent);
      const site = { repository: world.repository, serverUrl: world.url, apiUrl: world.url };
      if (segments[0] !== world.repository.owner || segments[1] !== world.repository.name) return notFound();
      demand(world.repository, token, route.scopes, request.method === 'GET' ? 'read' : 'write');
      return route.handle({ site, token, segments, query: url.searchParams, body, accept: request.headers.accept ?? '' } satisfies Call);
    }
    return notFound();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function send(world: World, url: URL, response: ServerResponse, shown: Answer | Problem | FaultAnswer): void {
  if (shown === 'hang') return;
  if (shown === 'drop') {
    response.destroy();
    return;
  }
  if (!('body' in shown)) {
    const errors = shown instanceof Problem && shown.errors !== undefined ? { errors: shown.errors } : {};
    const headers = shown instanceof Problem ? {} : shown.headers;
    writeJson(response, shown.status, { message: shown.message, documentation_url: 'https://docs.github.com/rest', ...errors }, headers);
    return;
  }
  if (shown.status === 204) {
    response.writeHead(204).end();
    return;
  }
  if (typeof shown.body === 'string') {
    response.writeHead(shown.status, { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' }).end(shown.body);
    return;
  }
  const page =
    shown.paged === true && Array.isArray(shown.body) ? cutPage(shown.body, url, world.url) : { entries: shown.body, headers: {} };
  writeJson(response, shown.status, page.entries, page.headers);
}

function serveToken(world: World, request: IncomingMessage, url: URL, response: ServerResponse): void {
  if (request.headers.authorization !== `Bearer ${OIDC_TOKEN}`) {
    writeJson(response, 401, { message: 'Unauthorized' });
    return;
  }
  const { owner, name } = world.repository;
  const audience = url.searchParams.get('audience') ?? `${world.url}/${owner}`;
  const settings = { requestToken: OIDC_TOKEN, issuer: 'https://token.actions.githubusercontent.com', owner, name, ...world.job };
  writeJson(response, 200, { count: 1, value: idToken(settings, audience) });
}

function writeJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
}

function takeFault(faults: Fault[], call: { readonly method: string; readonly path: string }): Fault | undefined {
  const index = faults.findIndex((fault) => fault.when(call));
  const fault = faults[index];
  if (fault === undefined) return undefined;
  if (fault.times > 1) faults[index] = { ...fault, times: fault.times - 1 };
  else faults.splice(index, 1);
  return fault;
}

async function readBody(request: IncomingMessage): Promise<ReadonlyMap<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return new Map(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
