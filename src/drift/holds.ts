/** Whether something holds; `undefined`: not known. */
export type Holds = boolean | undefined;

/** One that is known not to hold decides. */
export function allHold(parts: readonly Holds[]): Holds {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

/** One that is known to hold decides. */
export function anyHolds(parts: readonly Holds[]): Holds {
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}
