import { HttpRequest } from '@smithy/core/protocols';
import type { BuildMiddleware, MetadataBearer, Pluggable } from '@smithy/types';

/**
 * Names the service of a JSON call as AWS's documentation and the other SDKs do, with its namespace. AWS knows the short name of this SDK as well, but what stands
 * in for AWS may not.
 */
export function jsonTarget<Input extends object, Output extends MetadataBearer>(namespace: string): Pluggable<Input, Output> {
  const target: BuildMiddleware<Input, Output> = (next) => (args) => {
    if (HttpRequest.isInstance(args.request)) {
      const { headers } = args.request;
      headers['x-amz-target'] = `${namespace}.${headers['x-amz-target']}`;
    }
    return next(args);
  };
  return { applyToStack: (stack) => stack.add(target, { name: 'jsonTargetMiddleware', step: 'build' }) };
}
