/** A sentence about a hub, and what is to be copied from it. */
export interface Remedy {
  sentence: string;
  /** A rule of Kubernetes RBAC, or a line of Argo CD's. */
  rule?: string;
}

const KUBERNETES_RULE = /:\s*(\{apiGroups: .*\})\s*\.?$/s;
const ARGOCD_RULE = /:\s*(p, .*, allow)\s*\.?$/s;

/** Parts what the backend says of a hub into the sentence and the missing rule, which it names at the end. */
export function remedyOf(message: string): Remedy {
  const match = KUBERNETES_RULE.exec(message) ?? ARGOCD_RULE.exec(message);
  return match
    ? { sentence: `${message.slice(0, match.index)}:`, rule: match[1] }
    : { sentence: message };
}
