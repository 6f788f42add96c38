/** A text that users read, and where it begins. */
export interface UserText {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}
