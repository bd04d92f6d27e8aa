import type { Application, ApplicationSource } from '../model/argocd';

/**
 * Puts the values of Argo CD's build environment in place of `$NAME` and `${NAME}`; other names become empty, `$$` is `$`.
 *
 * Source: Argo CD `docs/user-guide/build-environment.md`, `reposerver/apiclient/…`, `Env.Envsubst`.
 */
export function buildEnvironment(
  application: Application,
  source: ApplicationSource,
  revision: string,
): (text: string) => string {
  const values: Record<string, string> = {
    ARGOCD_APP_NAME: application.metadata.name,
    ARGOCD_APP_NAMESPACE: application.spec.destination?.namespace ?? '',
    ARGOCD_APP_PROJECT_NAME: application.spec.project ?? '',
    ARGOCD_APP_REVISION: revision,
    ARGOCD_APP_REVISION_SHORT: revision.slice(0, 7),
    ARGOCD_APP_REVISION_SHORT_8: revision.slice(0, 8),
    ARGOCD_APP_SOURCE_PATH: source.path ?? '',
    ARGOCD_APP_SOURCE_REPO_URL: source.repoURL ?? '',
    ARGOCD_APP_SOURCE_TARGET_REVISION: source.targetRevision ?? '',
  };
  return text =>
    text.replace(
      /\$(?:\$|\{(\w+)\}|(\w+))/g,
      (whole, braced: string | undefined, plain: string | undefined) =>
        whole === '$$' ? '$' : values[braced ?? plain ?? ''] ?? '',
    );
}
