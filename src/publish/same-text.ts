/** Whether two texts say the same. GitHub may return line endings and trailing white space in another form than they were sent. */
export function sameText(one: string, other: string): boolean {
  return normalized(one) === normalized(other);
}

function normalized(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
