import { timestamp } from '../accounts/ids.ts';
import { alreadyExists, validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import type { Actions, Call } from './call.ts';

export const providerActions: Actions = {
  CreateOpenIDConnectProvider: {
    resource: (call) => call.cloud.iamArn(call.account.id, `oidc-provider/${hostOf(call)}`),
    run: createProvider,
  },
};

function hostOf(call: Call): string {
  const url = call.params.required('Url');
  if (!url.startsWith('https://')) throw validationError('Invalid Open ID Connect Provider URL');
  return url.slice('https://'.length).replace(/\/$/, '');
}

function createProvider(call: Call): string {
  const url = hostOf(call);
  if (call.account.oidcProviders.taken(url)) throw alreadyExists(`Provider with url https://${url} already exists.`);
  const arn = call.cloud.iamArn(call.account.id, `oidc-provider/${url}`);
  const provider = { name: url, path: '/', id: arn, arn, createdAt: timestamp(call.now), url, audiences: call.params.list('ClientIDList') };
  call.account.oidcProviders.put(provider, call.shownFrom, call.now);
  return element('OpenIDConnectProviderArn', arn);
}
