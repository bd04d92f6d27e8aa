/** Where in a template something went wrong. */
export interface GoTemplateLocation {
  /** Name of the text that holds the error. */
  template: string;
  /** Name of the template that was executed, where `define` or `block` gave it another. */
  executing?: string;
  /** Line, counted from 1. */
  line: number;
  /** Characters before the action on its line; not known for syntax errors. */
  column?: number;
  /** Source of the action, for example `.metadata.labels.region`; not known for syntax errors. */
  action?: string;
}

/**
 * A template does not parse, or Go's text/template would stop while it executes it.
 *
 * The message reads as Go's: `template: NAME:LINE:COLUMN: executing "NAME" at <ACTION>: REASON`.
 */
export class GoTemplateError extends Error {
  readonly name = 'GoTemplateError';
  readonly line: number;
  readonly column: number | undefined;
  readonly action: string | undefined;
  /** What is wrong, without the location. */
  readonly reason: string;
  /** `parse` when the template has a syntax error, `execute` otherwise. */
  readonly phase: 'parse' | 'execute';
  /**
   * True when the template is valid but its result cannot be known ahead of time (it asks for the time, a random
   * value or a key), so that Argo CD or Helm could render it, but differently each time.
   */
  readonly notEvaluable: boolean;

  constructor(
    phase: 'parse' | 'execute',
    location: GoTemplateLocation,
    reason: string,
    options: { cause?: unknown; notEvaluable?: boolean } = {},
  ) {
    const where =
      phase === 'parse'
        ? `template: ${location.template}:${location.line}: `
        : `template: ${location.template}:${location.line}:${
            location.column ?? 0
          }: executing "${location.executing ?? location.template}" at <${
            location.action ?? ''
          }>: `;
    super(where + reason, { cause: options.cause });
    this.phase = phase;
    this.line = location.line;
    this.column = location.column;
    this.action = location.action;
    this.reason = reason;
    this.notEvaluable = options.notEvaluable ?? false;
  }
}

/** An error that a template function returns; the evaluator adds the location. */
export class FunctionError extends Error {
  readonly name: string = 'FunctionError';
}

/** A function whose result depends on the time, on randomness or on a cluster, called without such a source. */
export class NotEvaluableError extends FunctionError {
  readonly name = 'NotEvaluableError';
}
