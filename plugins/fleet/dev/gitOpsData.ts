import type {
  Cluster,
  Explanation,
  Intent,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';

/** Why a service is not on a cluster, with the change that would put it there. */
export function absenceOf(name: string, cluster: Cluster): Explanation {
  const intent: Intent = {
    kind: 'service.onboard',
    parameters: { service: name, clusters: [cluster.name] },
  };
  return {
    service: name,
    cluster: cluster.id,
    verdict: 'absent',
    reason: 'label-missing',
    sentence: `ApplicationSet \`services-${name}\` selects clusters labelled \`enable_${name}: "true"\`; \`${cluster.name}\` has no such label.`,
    checks: [
      { text: `Registered in ${cluster.hub}`, actual: 'yes', passed: true },
      {
        text: '`environment` is staging or prod',
        actual: cluster.environment ?? 'no such label',
        passed: true,
      },
      {
        text: `\`enable_${name}\` is true`,
        actual: 'no such label',
        passed: false,
      },
    ],
    applicationSet: `services-${name}`,
    file: `applicationsets/${name}.yaml`,
    fileUrl: `https://git.example.com/acme/fleet-gitops/blob/main/applicationsets/${name}.yaml`,
    intent,
    plan: planOf(name, [cluster]),
    computedFrom: { sha: '9f31c2e0b1a2c3d4e5f60718293a4b5c6d7e8f90' },
    hubAgrees: true,
  };
}

/** What a change that puts a service on clusters would do. */
export function planOf(service: string, clusters: Cluster[]): Plan {
  return {
    evaluable: true,
    unchanged: clusters.length === 0,
    summary: `creates ${clusters.length}, changes 0, deletes 0`,
    creates: clusters.length,
    changes: 0,
    deletes: 0,
    applications: clusters.map(cluster => ({
      action: 'create',
      name: `${service}-${cluster.name}`,
      namespace: 'argocd',
      cluster: cluster.name,
      applicationSet: `services-${service}`,
      version: '1.4.3',
      fields: [],
    })),
    edits: clusters.map(cluster => ({
      path: `clusters/${cluster.name}.yaml`,
      action: 'update',
      diff: `--- a/clusters/${cluster.name}.yaml\n+++ b/clusters/${cluster.name}.yaml\n@@ -6,2 +6,3 @@\n   labels:\n     environment: ${cluster.environment}\n+    enable_${service}: "true"\n`,
    })),
    guards: clusters.some(cluster => cluster.environment === 'prod')
      ? [
          {
            id: 'production',
            level: 'warn',
            message: 'It touches production on `spoke-us-east-1-prod`.',
          },
        ]
      : [],
    base: { sha: '9f31c2e0b1a2c3d4e5f60718293a4b5c6d7e8f90' },
  };
}
