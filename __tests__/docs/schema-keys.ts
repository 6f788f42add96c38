/** The keys of all mappings that a JSON Schema describes. */
export function keysOf(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set();
  return new Set(
    Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
      const own = key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : [];
      return [...own, ...keysOf(value)];
    }),
  );
}
