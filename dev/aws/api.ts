import type { Cloud } from './accounts/cloud.ts';
import { authorize, contextOf } from './authorization/authorize.ts';
import { ANONYMOUS, adminOf, type Caller, callerOf } from './authorization/caller.ts';
import type { Request as AuthorizedRequest } from './authorization/evaluate.ts';
import { cloudTrailActions } from './cloudtrail/lookup.ts';
import { iamActions } from './iam/actions.ts';
import type { Action, Call } from './iam/call.ts';
import { organizationsActions } from './organizations/actions.ts';
import { AwsError, accessDenied } from './protocol/errors.ts';
import { type Params, parseSignature } from './protocol/query.ts';
import type { Service } from './protocol/service.ts';
import type { Settings } from './settings.ts';
import { stsActions } from './sts/actions.ts';

const ACTIONS = {
  iam: new Map<string, Action>(Object.entries(iamActions)),
  sts: new Map<string, Action>(Object.entries(stsActions)),
  cloudtrail: new Map<string, Action>(Object.entries(cloudTrailActions)),
  organizations: new Map<string, Action>(Object.entries(organizationsActions)),
};

const LARGEST_PAGE = 1_000;

/** What a request says besides its parameters. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly sessionToken: string | undefined;
  /** Account in the header `x-moto-account-id`. With it, credentials are ignored and nothing is authorized. */
  readonly adminAccount: string | undefined;
}

/** A request whose service, action and caller are known. */
export interface Request {
  readonly service: Service;
  readonly action: string;
  readonly params: Params;
  readonly caller: Caller;
  /** The account that is called: for the AssumeRole calls, the role's. */
  readonly account: string;
  /** Of the endpoint that is called. */
  readonly region: string;
}

export function serviceOf(params: Params, credentials: Credentials): Service {
  const signed = parseSignature(credentials.authorization)?.service;
  if (signed === 'iam' || signed === 'sts' || signed === 'cloudtrail' || signed === 'organizations') return signed;
  const action = params.text('Action') ?? '';
  if (ACTIONS.cloudtrail.has(action)) return 'cloudtrail';
  return ACTIONS.sts.has(action) ? 'sts' : 'iam';
}

/** Throws `AwsError` for invalid credentials. */
export function identify(cloud: Cloud, service: Service, params: Params, credentials: Credentials, now: number): Request {
  const action = params.text('Action') ?? '';
  const caller = identifyCaller(cloud, action, credentials, now, service);
  const [, roleAccount = caller.account] = /^arn:[^:]*:iam::(\d{12}):role\//.exec(params.text('RoleArn') ?? '') ?? [];
  // An unsigned call says no region; it is taken for one to the global endpoint.
  const region = parseSignature(credentials.authorization)?.region ?? cloud.iamRegion;
  return { service, action, params, caller, account: service === 'sts' ? roleAccount : caller.account, region };
}

function identifyCaller(cloud: Cloud, action: string, credentials: Credentials, now: number, service: Service): Caller {
  if (credentials.adminAccount !== undefined) return adminOf(cloud, credentials.adminAccount);
  if (action === 'AssumeRoleWithWebIdentity') return ANONYMOUS;
  const signature = parseSignature(credentials.authorization);
  if (signature === undefined) throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  const caller = callerOf(cloud, signature.accessKeyId, credentials.sessionToken, now);
  const use = { at: now, service, region: signature.region };
  if (caller.kind === 'user') cloud.keyUses.set(signature.accessKeyId, use);
  if (caller.kind === 'session') cloud.roleUses.set(caller.id, use);
  return caller;
}

/** Authorizes the request and carries it out. Returns the content of its result element. Throws `AwsError`. */
export function answer(cloud: Cloud, settings: Settings, request: Request, now: number): string | undefined {
  const { service, action, params, caller } = request;
  const known = ACTIONS[service].get(action);
  if (known === undefined)
    throw new AwsError('InvalidAction', 400, `Could not find operation ${action} for version ${params.text('Version') ?? ''}`);
  const admin = caller.kind === 'admin';
  const shownFrom = admin || settings.visibilityDelayMs === 0 ? Number.NEGATIVE_INFINITY : now + settings.visibilityDelayMs;
  const call: Call = {
    action,
    params,
    cloud,
    caller,
    region: request.region,
    account: cloud.account(caller.kind === 'anonymous' ? request.account : caller.account),
    now,
    readAt: admin ? Number.POSITIVE_INFINITY : now,
    writeAt: admin || !settings.writesWaitForVisibility ? Number.POSITIVE_INFINITY : now,
    shownFrom,
    principalsSettleAt:
      admin || settings.principalIdsMs === 0 ? Number.NEGATIVE_INFINITY : Math.max(now, shownFrom) + settings.principalIdsMs,
    pageSize: admin ? LARGEST_PAGE : settings.pageSize,
    sessionSeconds: settings.sessionSeconds,
    organizations: settings.organizations,
  };
  if (!admin) requirePermission(call, service, known);
  return known.run(call);
}

function requirePermission(call: Call, service: Service, action: Action): void {
  if (action.resource === undefined) return;
  const resource = action.resource(call);
  const context = contextOf(call.cloud, call.caller, call.now, action.context?.(call));
  for (const name of [call.action, ...(action.besides?.(call) ?? [])])
    requireAllowed(call, { action: `${service}:${name}`, resource, context });
}

/** Throws `AccessDenied`. */
function requireAllowed({ cloud, caller, readAt }: Call, request: AuthorizedRequest): void {
  const { action: name, resource } = request;
  const decision = authorize(cloud, caller, request, readAt);
  if (decision === 'allow') return;
  const reason =
    decision === 'deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${name} action`;
  throw accessDenied(`User: ${caller.arn} is not authorized to perform: ${name} on resource: ${resource} ${reason}`);
}
