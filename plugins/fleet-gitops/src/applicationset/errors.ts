import type { TemplateLine } from './types';

/** The failed rendering of one string of an ApplicationSet; its message quotes the line. */
export class TemplateTextError extends Error {
  constructor(message: string, readonly template: TemplateLine, cause: Error) {
    super(message, { cause });
  }
}

/**
 * Why Argo CD does nothing with an ApplicationSet; `reason` is the one of its status conditions.
 *
 * @public
 */
export class ApplicationSetError extends Error {
  /** The string of the ApplicationSet whose rendering failed, where it is one. */
  readonly template?: TemplateLine;

  constructor(readonly reason: string, message: string, cause?: unknown) {
    super(message, { cause });
    if (cause instanceof TemplateTextError) this.template = cause.template;
    this.name = 'ApplicationSetError';
  }
}

/**
 * Only a live third party, or content that was not given, could tell.
 *
 * @public
 */
export class NotEvaluableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotEvaluableError';
  }
}

/** An error of generating parameters, with Argo CD's reason for it. */
export function generatorError(
  message: string,
  cause?: unknown,
): ApplicationSetError {
  return new ApplicationSetError(
    'ApplicationGenerationFromParamsError',
    message,
    cause,
  );
}

/** An error of rendering the template or the templatePatch, with Argo CD's reason for it. */
export function renderError(
  message: string,
  cause?: unknown,
): ApplicationSetError {
  return new ApplicationSetError('RenderTemplateParamsError', message, cause);
}
