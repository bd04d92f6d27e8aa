import type { Application } from '../../model/argocd';
import type { Params } from '../params';
import { application } from '../schema/application';
import { compileRendering } from './compile';
import type { TextRenderer } from './textRenderer';

/** Lets Argo CD delete an Application's resources with it. */
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** Renders one Application; the result shares parts with others and must not be changed in place. */
export type RenderApplication = (params: Params) => Application;

/**
 * Prepares the template of a generator.
 *
 * Without any parameters it is taken as it is, unrendered; else Applications without finalizers get the one that deletes
 * their resources, unless the ApplicationSet preserves resources.
 *
 * Source: Argo CD `applicationset/utils/utils.go` `RenderTemplateParams`.
 */
export function compileTemplate(
  template: any,
  texts: TextRenderer,
  preserveResourcesOnDeletion: boolean,
): RenderApplication {
  const render = compileRendering(application, template, texts);
  return params => {
    if (isEmpty(params)) {
      return template;
    }
    const rendered: Application = render(params);
    return preserveResourcesOnDeletion || rendered.metadata.finalizers
      ? rendered
      : {
          ...rendered,
          metadata: { ...rendered.metadata, finalizers: [RESOURCES_FINALIZER] },
        };
  };
}

/** Most parameter sets have a name, and some have hundreds of keys to go through otherwise. */
function isEmpty(params: Params): boolean {
  return !Object.hasOwn(params, 'name') && Object.keys(params).length === 0;
}
