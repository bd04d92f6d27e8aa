import type { Application } from '../../model/argocd';
import { NotEvaluableError } from '../errors';
import type { Params } from '../params';
import type { TextRenderer } from './textRenderer';

export function compileTemplatePatch(
  templatePatch: string,
  texts: TextRenderer,
): (application: Application, params: Params) => Application {
  return () => {
    throw new NotEvaluableError(
      `templatePatch ${templatePatch.length} ${texts}`,
    );
  };
}
