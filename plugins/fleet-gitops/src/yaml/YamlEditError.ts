import { ConflictError } from '@backstage/errors';

/**
 * Why an edit was refused.
 *
 * @public
 */
export type YamlEditReason =
  | 'invalid-yaml'
  | 'template-syntax'
  | 'duplicate-key'
  | 'anchor'
  | 'alias'
  | 'merge-key'
  | 'tag'
  | 'complex-key'
  | 'flow-collection'
  | 'missing'
  | 'exists'
  | 'not-a-scalar'
  | 'not-a-map'
  | 'not-a-list'
  | 'unverified';

/**
 * A file that cannot be edited without touching anything else. Nothing was changed.
 *
 * The message names file, line, reason and what to do. As a `ConflictError` it becomes HTTP status 409: the request may be
 * right, the file in Git does not allow it.
 *
 * @public
 */
export class YamlEditError extends ConflictError {
  readonly file: string | undefined;
  /** Counted from 1; 0 where no line can be named. */
  readonly line: number;
  readonly reason: YamlEditReason;

  constructor(options: {
    file?: string;
    line: number;
    reason: YamlEditReason;
    message: string;
    /** What the reader can do about it, a whole sentence. */
    advice: string;
  }) {
    const { file, line, reason, message, advice } = options;
    const place =
      line > 0 ? `${file ?? 'line'}${file ? ':' : ' '}${line}` : file;
    super(`${place ? `${place}: ` : ''}${message}. ${advice}`);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }
}
