/** How a rule is described everywhere: summary, issue, SARIF help, documentation. Plain text without markup, none of it from outside. */
export interface RuleDescription {
  /** Whose findings they are. `hub or target`: the hub's in the hub account, a target's elsewhere. */
  readonly of: 'hub' | 'target' | 'hub or target';
  /** Of what an account has once, whichever of its roles are targets. */
  readonly ofAccount?: true;
  /** What was found, without a full stop. */
  readonly title: string;
  /** What it means for who may do what. */
  readonly meaning: string;
  /** What people should do about it. */
  readonly remedy: string;
  /** In place of the three above where they depend on what the live state allows. */
  readonly byAccess?: TextsByAccess;
  /** Stands above everything else in every output, and fails the step unless `fail-on` is `never`. */
  readonly urgent?: true;
}

type TextsByAccess = Readonly<Partial<Record<'widened' | 'narrowed' | 'changed' | 'none', Partial<RuleTexts>>>>;

type RuleTexts = Pick<RuleDescription, 'title' | 'meaning' | 'remedy'>;

export type Descriptions = Readonly<Record<string, RuleDescription>>;
