/** `GET /api/v1/settings` of an installation whose settings are the defaults. */
export const settings = {
  appLabelKey: 'app.kubernetes.io/instance',
  resourceOverrides: {},
  googleAnalytics: { anonymizeUsers: true },
  kustomizeOptions: { BuildOptions: '', BinaryPath: '', Versions: null },
  help: {},
  passwordPattern: '^.{8,32}$',
  trackingMethod: 'annotation',
  controllerNamespace: 'argocd',
  syncWithReplaceAllowed: true,
  resourceViewEnabled: true,
};

/** `GET /api/version`; those who are not logged in learn the version alone. */
export function versionInfo(version: string, known: boolean): object {
  if (!known) return { Version: version };
  return {
    Version: version,
    BuildDate: '2026-01-01T00:00:00Z',
    GoVersion: 'go1.26.8',
    Compiler: 'gc',
    Platform: 'linux/amd64',
    KustomizeVersion: 'none in the embedded hub',
    HelmVersion: 'none in the embedded hub',
    JsonnetVersion: 'none in the embedded hub',
  };
}
