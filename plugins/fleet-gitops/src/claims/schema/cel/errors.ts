/** What the values make of a rule: an API server refuses the object for it. */
export class EvaluationFailure extends Error {
  override name = 'EvaluationFailure';
}

/** What is not known here, so that nobody can say what an API server makes of the rule. */
export class NotSupported extends Error {
  override name = 'NotSupported';
}
