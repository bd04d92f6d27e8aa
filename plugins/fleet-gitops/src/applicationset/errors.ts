/**
 * Why Argo CD does nothing with an ApplicationSet; `reason` is the one of its status conditions.
 *
 * @public
 */
export class ApplicationSetError extends Error {
  constructor(readonly reason: string, message: string) {
    super(message);
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
export function generatorError(message: string): ApplicationSetError {
  return new ApplicationSetError(
    'ApplicationGenerationFromParamsError',
    message,
  );
}

/** An error of rendering the template or the templatePatch, with Argo CD's reason for it. */
export function renderError(message: string): ApplicationSetError {
  return new ApplicationSetError('RenderTemplateParamsError', message);
}
