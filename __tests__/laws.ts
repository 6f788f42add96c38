/** What has to hold, by name. */
export type Laws<T> = Readonly<Record<string, (subject: T) => void>>;

/** Checks several laws on one subject, where making it takes longer than checking them. What fails names its law. */
export function expectLaws<T>(laws: Laws<T>, subject: T): void {
  for (const [law, check] of Object.entries(laws)) {
    try {
      check(subject);
    } catch (error) {
      throw new Error(`does not hold: ${law}`, { cause: error });
    }
  }
}
