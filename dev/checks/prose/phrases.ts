/** A phrase that no text for users may have. */
export interface Phrase {
  /** Matched whatever the case. A space stands for any white space, a line break included. */
  readonly avoid: RegExp;
  /** What to write. */
  readonly instead: string;
  /** A sentence that has it, and one that says the same in plain English. */
  readonly bad: string;
  readonly good: string;
}

/** Wordings that are not idiomatic, or stand for an exact term of AWS or GitHub. */
export const PHRASES: readonly Phrase[] = [
  {
    avoid: /has to change: /,
    instead: 'resource: X',
    bad: 'Has to change: arn:aws:iam::1:role/x',
    good: 'Resource: arn:aws:iam::1:role/x',
  },
  { avoid: /and its like/, instead: 'and 3 others', bad: 'role/x and its like', good: 'role/x and 3 others' },
  { avoid: /wanted (?:is|are)\b/, instead: 'expected X', bad: 'It is 60; wanted is 3600.', good: 'It is 60; expected 3600.' },
  {
    avoid: /(?<!\b(?:never|not|you) )(?:is|are|was) wanted\b/,
    instead: 'expected X',
    bad: 'The boundary x is wanted.',
    good: 'expected x',
  },
  { avoid: /seen to be/, instead: 'verified', bad: 'made, and seen to be in effect', good: 'made and verified' },
  { avoid: /(?:is|are) rid of/, instead: 'is no longer …', bad: 'It is rid of what it denied.', good: 'It is no longer denied.' },
  { avoid: /heals? (?:the|it|a)\b/, instead: 'restores', bad: 'That does not heal the trust.', good: 'That does not restore the trust.' },
  {
    avoid: /allow (?:sts|iam|cloudtrail|organizations):\S+ on \S+ to /,
    instead: 'Allow Z to call X on Y',
    bad: 'In the hub, allow sts:AssumeRole on … to role/x.',
    good: 'In the hub account, allow role/x to call sts:AssumeRole on ….',
  },
  {
    avoid: /in the hub, allow/,
    instead: 'In the hub account, allow Z to call X on Y',
    bad: 'In the hub, allow it.',
    good: 'In the hub account, allow it.',
  },
  {
    avoid: /(?:beyond|than) the \S+ that (?:may|can)/,
    instead: '2 active keys, 1 allowed',
    bad: 'a key beyond the 1 that may be there',
    good: '2 active keys, 1 allowed',
  },
  {
    avoid: /as the file (?:does|has it)/,
    instead: 'as in the file, or: Restore the …',
    bad: 'Describe the role as the file does',
    good: 'Restore the description',
  },
  {
    avoid: /(?:is|are) (?:here|there) (?:a second time|twice)/,
    instead: 'duplicate',
    bad: 'The key is here a second time.',
    good: 'duplicate key',
  },
  {
    avoid: /\bunasked\b/,
    instead: 'unless …',
    bad: 'It writes over no file unasked.',
    good: 'It overwrites no file unless overwrite is true.',
  },
  { avoid: /writ(?:es?|ing|ten) over\b/, instead: 'overwrites', bad: 'The file is written over.', good: 'The file is overwritten.' },
  { avoid: /\b(?:a|the|security) holes?\b/, instead: 'vulnerability', bad: 'How to report a hole', good: 'How to report a vulnerability' },
  {
    avoid: /read whole|\bwhole, the\b/,
    instead: 'read completely',
    bad: 'The account was not read whole.',
    good: 'The account was not read completely.',
  },
  {
    avoid: /has (?:it|them|all of (?:it|them)) whole/,
    instead: 'in full',
    bad: 'The report has them whole.',
    good: 'The report contains them in full.',
  },
  {
    avoid:
      /(?<!\bthere )(?:is|are|was|were) no (?:valid|policy|grant|role|user|group|file|folder|URL|JSON|action|date|report|token|target|list|mapping|drift|such|call|way|name|place)\b/,
    instead: 'is not a …',
    bad: 'That is no valid policy.',
    good: 'That is not a valid policy. There is no policy.',
  },
  {
    avoid: /\bany ?more(?= ?(?:[.,;:)]|$|and |or |but |until |when |after ))/,
    instead: 'no longer',
    bad: 'The file does not name it any more.',
    good: 'The file no longer names it. No call needs any more permissions.',
  },
  { avoid: /\banew\b/, instead: 'again', bad: 'Run again to plan anew.', good: 'Run again to make a new plan.' },
  {
    avoid: /nobody['’]s concern/,
    instead: 'later responses must not change it',
    bad: 'It is nobody’s concern any longer.',
    good: 'It is ignored.',
  },
  {
    avoid: /at (?:least|most) so many/,
    instead: 'minimum (maximum) number of',
    bad: 'At least so many keys',
    good: 'Minimum number of keys',
  },
  {
    avoid: /\b(?:take|takes|taken|taking|took) away\b/,
    instead: 'revoke, remove',
    bad: 'what takes away access',
    good: 'what revokes access',
  },
  {
    avoid: /\b(?:take|takes|taking|took) (?:\S+ ){0,5}?out of (?:the|its|a|an|your)\b/,
    instead: 'remove … from',
    bad: 'Take the target out of the file.',
    good: 'Remove the target from the file.',
  },
  {
    avoid: /\b(?:give|gives|given|gave|giving) back\b/,
    instead: 'restore, grant again',
    bad: 'what gives back access',
    good: 'what restores access',
  },
  { avoid: /\b(?:put|puts|putting) (?:\S+ ){0,4}?back\b/, instead: 'restore', bad: 'Put the policy back.', good: 'Restore the policy.' },
  { avoid: /\b(?:ran|runs?|running) out\b(?! of)/, instead: 'expire', bad: 'The exception ran out.', good: 'The exception expired.' },
  {
    avoid: /stands? in the way/,
    instead: 'denies the call, blocks',
    bad: 'A boundary stands in the way.',
    good: 'A boundary denies the call.',
  },
  {
    avoid: /\b(?:than|was|were) agreed\b/,
    instead: 'than the file',
    bad: 'More is allowed than agreed.',
    good: 'Allows more than the file.',
  },
  {
    avoid: /\b(?:is|are|be) told\b/,
    instead: 'list, report; determine',
    bad: 'What was not read is told.',
    good: 'The report lists what was not read.',
  },
  { avoid: /\bmends?\b/, instead: 'correct', bad: 'Mend them in AWS.', good: 'Correct them in AWS.' },
  {
    avoid: /\b(?:lest|thereof|whereof|herein|therein|hitherto|whence|thence|nought|naught|forthwith)\b/,
    instead: 'a current word',
    bad: 'the policies thereof',
    good: 'its policies',
  },
  { avoid: /\btyping errors?\b/, instead: 'typo, or: the name is wrong', bad: 'It may be a typing error.', good: 'It may be a typo.' },
  { avoid: /\bguard rails?\b/, instead: 'guardrail', bad: 'a guard rail', good: 'a guardrail' },
  {
    avoid: /organis|behaviour|colour|favour|recognis|labell|authoris/,
    instead: 'American spelling',
    bad: 'an organisation',
    good: 'an organization',
  },
  {
    avoid: /have AWS raise/,
    instead: 'request an increase from AWS',
    bad: 'Have AWS raise the quota.',
    good: 'Request an increase from AWS.',
  },
  {
    avoid: /\b(?:are|be|is) had\b|had again/,
    instead: 'fetch',
    bad: 'Credentials are had again.',
    good: 'It fetches the credentials again.',
  },
  {
    avoid: /(?:IAM|AWS|GitHub) (?:takes|does not take)\b/,
    instead: 'accepts, rejects',
    bad: 'IAM takes no such document.',
    good: 'IAM rejects the document.',
  },
  { avoid: /\b(?:is|are) meant\b(?! for| to| as)/, instead: 'is intended', bad: 'the role that is meant', good: 'the intended role' },
  { avoid: /\b(?:is|are) not known\b/, instead: 'is unknown', bad: 'The rest is not known.', good: 'The rest is unknown.' },
  { avoid: /left to people/, instead: 'needs manual action', bad: 'It is left to people.', good: 'It needs manual action.' },
  {
    avoid: /by (?:its|their) very|that very\b/,
    instead: 'exact, the same',
    bad: 'a role by its very ARN',
    good: 'a role by its exact ARN',
  },
  {
    avoid: /leads? out of the workspace/,
    instead: 'outside the workspace',
    bad: 'It leads out of the workspace.',
    good: 'It is outside the workspace.',
  },
  { avoid: /\bworth a look\b/, instead: 'note', bad: 'what is worth a look', good: 'notes' },
  {
    avoid: /could not be put into words|to be put into words/,
    instead: 'expressible',
    bad: 'not to be put into words',
    good: 'not expressible in the file',
  },
];
