/** Values of conditions by their types, as operators compare them. */

/** An empty text is none. */
export function numberOf(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

/** Milliseconds since 1970 of a date, or of as many seconds. */
export function instantOf(text: string): number {
  return /^\d{10}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** Whether a value is of the type that an operator compares. */
export function isOfType(operator: string, value: string): boolean {
  if (operator.startsWith('Numeric')) return !Number.isNaN(Number.parseFloat(value)) && Number(value) === Number.parseFloat(value);
  if (operator.startsWith('Date')) return !Number.isNaN(instantOf(value));
  if (operator.startsWith('Arn')) return value.split(':').length >= 6;
  return !operator.endsWith('IpAddress') || /^[0-9a-f:.]*[:.][0-9a-f:.]*$/i.test(value);
}

/** Bit by bit. An address of one family is in no block of the other. */
export function inBlock(block: string, address: string): boolean {
  const [host = '', length] = block.split('/');
  const [wanted, held] = [bitsOf(host), bitsOf(address)];
  return wanted.length === held.length && held.startsWith(wanted.slice(0, Number(length ?? wanted.length)));
}

function bitsOf(address: string): string {
  if (!address.includes(':')) return binary(address.split('.'), 10, 8);
  const [start = [], end = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));

  return binary([...start, ...Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0'), ...end], 16, 16);
}

function binary(numbers: readonly string[], base: number, size: number): string {
  return numbers.map((number) => Number.parseInt(number, base).toString(2).padStart(size, '0')).join('');
}
