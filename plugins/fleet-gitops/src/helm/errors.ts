/** A chart does not load, its values do not meet its schema, or one of its templates fails. */
export class HelmError extends Error {
  readonly name = 'HelmError';
  /** Path of the template or chart file, where one is to blame. */
  readonly path: string | undefined;
  /** Line in that file, counted from 1. */
  readonly line: number | undefined;
  /** True when Helm could render the chart, but differently each time (random values, the time). */
  readonly notEvaluable: boolean;

  constructor(
    message: string,
    options: {
      path?: string;
      line?: number;
      notEvaluable?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.path = options.path;
    this.line = options.line;
    this.notEvaluable = options.notEvaluable ?? false;
  }
}
