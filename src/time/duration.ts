/** `40 s`, `8 min`: for people, in seconds up to two minutes. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
