/** The group/versions that client-go knows, as `helm template` lists them without a cluster. */
export const DEFAULT_API_VERSIONS: readonly string[] = ['v1'];
