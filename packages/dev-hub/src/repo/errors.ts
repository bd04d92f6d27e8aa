/** Manifests cannot be made; the message is Argo CD's. */
export class ManifestError extends Error {
  readonly name = 'ManifestError';

  constructor(description: string, code = 'Unknown') {
    super(
      `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = ${code} desc = ${description}`,
    );
  }
}
