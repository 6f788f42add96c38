import type { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * A handler whose requests end when a signal is aborted. The SDK takes a signal with each call, but then puts the steps of that call together anew (see
 * `cacheMiddleware` in README.md); what ends here is the same for all calls.
 *
 * @param signal asked at each request
 */
export function abortableHandler(handler: NodeHttpHandler, signal: () => AbortSignal): NodeHttpHandler {
  const handle = handler.handle.bind(handler);
  handler.handle = (request, options) => handle(request, { ...options, abortSignal: signal() });
  return handler;
}
