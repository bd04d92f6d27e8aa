/** Longest DNS-1123 label, as Kubernetes names are. */
const LONGEST = 63;

/**
 * What is wrong with a new cluster's name, `undefined` where nothing is. It becomes the name of Kubernetes objects and a
 * part of addresses, so it has to be a DNS-1123 label.
 *
 * @param taken - names of the clusters that there are, where they are known
 */
export function clusterNameProblem(
  name: string | undefined,
  taken: string[] = [],
): string | undefined {
  if (!name) {
    return 'Name the cluster.';
  }
  if (name.length > LONGEST) {
    return `The cluster’s name has ${name.length} characters; a Kubernetes name has at most ${LONGEST}.`;
  }
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    return `“${name}” cannot be a cluster’s name: use lower case letters, digits and “-”, and start and end with a letter or digit.`;
  }
  if (taken.includes(name)) {
    return `There is a cluster ${name} already. Choose another name.`;
  }
  return undefined;
}
