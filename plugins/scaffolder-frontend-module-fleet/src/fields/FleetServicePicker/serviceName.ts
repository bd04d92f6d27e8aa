/** Longest DNS-1123 label, as Kubernetes names are. */
const LONGEST = 63;

/**
 * What is wrong with a service's name, `undefined` where nothing is. A service's name becomes part of Kubernetes names,
 * so it has to be a DNS-1123 label (RFC 1123; `IsDNS1123Label` in Kubernetes' apimachinery).
 */
export function serviceNameProblem(
  name: string | undefined,
): string | undefined {
  if (!name) {
    return 'Name the service.';
  }
  if (name.length > LONGEST) {
    return `The service’s name has ${name.length} characters; a Kubernetes name has at most ${LONGEST}.`;
  }
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    return `“${name}” cannot be a Kubernetes name: use lower case letters, digits and “-”, and start and end with a letter or digit.`;
  }
  return undefined;
}
