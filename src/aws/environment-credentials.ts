import { CallError } from './answers.ts';
import type { Issued } from './credentials.ts';
import type { AwsTransport } from './sdk-stack/transport.ts';

/** The variables that say where AWS credentials are; the entry passes `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variable by which the environment names AWS credentials: a profile, a key, a token file or a container's address, in the order in which they are
 * used. `undefined`: it names none.
 */
export function credentialsVariable(environment: Environment): string | undefined {
  const isSet = (name: string) => (environment[name] ?? '') !== '';
  if (isSet('AWS_PROFILE')) return 'AWS_PROFILE';
  if (isSet('AWS_ACCESS_KEY_ID') && isSet('AWS_SECRET_ACCESS_KEY')) return 'AWS_ACCESS_KEY_ID';
  return ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].find(isSet);
}

/**
 * The credentials that the job has: the keys in the environment, or else whatever the AWS SDK finds (profiles, SSO, token files,
 * containers, instance roles): https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 *
 * @param region in which STS takes a token file's token, if the profile names none
 * @param transport by which the SDK calls STS, SSO and the like; the metadata of containers and instances it always asks directly
 * @throws {CallError} when there are none
 */
export async function environmentCredentials(environment: Environment, region: string, transport: AwsTransport): Promise<Issued> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  if (accessKeyId && secretAccessKey && !environment.AWS_PROFILE) {
    return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }, expiresAt: undefined };
  }
  try {
    // Loaded on demand: the module is large, and most runs don't need it.
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    const caller = { callerClientConfig: { region: async () => region } };
    const { expiration, ...credentials } = await fromNodeProviderChain({ clientConfig: { requestHandler: transport } })(caller);
    return { credentials, expiresAt: expiration?.getTime() };
  } catch (error) {
    throw new CallError('credentials', 'the environment', error);
  }
}
