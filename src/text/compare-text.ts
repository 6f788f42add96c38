/** Orders texts by code unit, so that the order does not depend on the locale. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
