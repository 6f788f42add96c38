import type { OidcProvider, Role } from '../accounts/entities.ts';
import { evaluateTrust } from '../authorization/evaluate.ts';
import type { Call } from '../iam/call.ts';
import { AwsError, accessDenied } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { checkDuration, openSession, parseRoleArn } from './session.ts';
import { invalidToken, readToken, type Token } from './token.ts';

/** The token's claims decide; its signature is not verified (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). */
export function assumeRoleWithWebIdentity(call: Call): string {
  const { account, name } = parseRoleArn(call.params.required('RoleArn'));
  const token = readToken(call.params.required('WebIdentityToken'));
  if (token.expiresAt * 1_000 <= call.now)
    throw new AwsError('ExpiredTokenException', 400, 'Token expired: current date/time must be before the expiration date/time');
  const provider = call.cloud.account(account).oidcProviders.seen(token.issuer, call.readAt);
  if (provider === undefined) throw invalidToken(`No OpenIDConnect provider found in your account for https://${token.issuer}`);
  if (!provider.audiences.includes(token.audience)) throw invalidToken('Incorrect token audience');
  const role = call.cloud.account(account).tables.Role.seen(name, call.readAt);
  if (role === undefined || role.arn !== call.params.text('RoleArn') || !trusts(role, provider, token)) {
    throw accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity');
  }
  const session = openSession(call, account, role, checkDuration(call, role), provider.arn);
  return (
    element('SubjectFromWebIdentityToken', token.subject) +
    element('Audience', token.audience) +
    element('Provider', provider.arn) +
    session
  );
}

function trusts(role: Role, provider: OidcProvider, token: Token): boolean {
  const context = new Map([
    [`${provider.url}:sub`.toLowerCase(), [token.subject]],
    [`${provider.url}:aud`.toLowerCase(), [token.audience]],
  ]);
  const naming = ({ type, value }: { type: string; value: string }) =>
    type === 'Federated' && value === provider.arn ? 'direct' : undefined;
  return evaluateTrust(role.trust.policy, { action: 'sts:AssumeRoleWithWebIdentity', context }, naming) === 'direct';
}
