/** An error, its cause, the cause of that, and so on. There is no check by `instanceof`, so errors from another realm are accepted. */
export function* causesOf(error: unknown): Generator<object, void> {
  let current = error;
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    yield current;
    current = Reflect.get(current, 'cause');
  }
}

/** A text property; empty if there is none. */
export function textProperty(value: object, key: 'code' | 'message'): string {
  const text: unknown = Reflect.get(value, key);
  return typeof text === 'string' ? text : '';
}
