import type { Application } from '../../model/argocd';
import { ApplicationSetError, renderError } from '../errors';
import type { Params } from '../params';
import { application as applicationType } from '../schema/application';
import { decode } from '../schema/decode';
import { parseYaml, YamlError } from '../yaml';
import { strategicMerge, StrategicMergeError } from './strategicMerge';
import type { TextRenderer } from './textRenderer';

/**
 * Prepares a `templatePatch`: rendered like any text, read as YAML or JSON, merged into the Application. The project stays
 * what the template made it.
 *
 * Source: Argo CD `applicationset/controllers/template/patch.go`.
 */
export function compileTemplatePatch(
  templatePatch: string,
  texts: TextRenderer,
): (application: Application, params: Params) => Application {
  return (application, params) => {
    try {
      const patch = readPatch(texts.render(templatePatch, params));
      decode(applicationType, patch, '', { ignoreCase: true });
      const merged = decode(
        applicationType,
        strategicMerge(application, patch ?? {}, applicationType),
        '',
      );
      return {
        ...merged,
        spec: { ...merged.spec, project: application.spec.project },
      };
    } catch (error) {
      if (
        error instanceof ApplicationSetError ||
        error instanceof YamlError ||
        error instanceof StrategicMergeError ||
        error instanceof SyntaxError
      ) {
        throw renderError(`templatePatch: ${error.message}`);
      }
      throw error;
    }
  };
}

function readPatch(text: string): any {
  return text.trim().startsWith('{') ? JSON.parse(text) : parseYaml(text);
}
