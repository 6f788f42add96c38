/** Hooks of Node.js's loader: https://nodejs.org/docs/latest-v20.x/api/module.html#resolvespecifier-context-nextresolve */
const GLOBALS = new URL('./globals.js', import.meta.url).href;

export function resolve(specifier, context, next) {
  return specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context);
}
