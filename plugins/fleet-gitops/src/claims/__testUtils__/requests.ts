/** A request for each blueprint of the example. */
export const CAPI = {
  blueprint: 'cluster-api-eks',
  cluster: 'spoke-new',
  parameters: {
    region: 'eu-west-1',
    environment: 'staging',
    kubernetesVersion: 'v1.34.1',
  },
};
const EKS = {
  ...CAPI,
  parameters: { ...CAPI.parameters, kubernetesVersion: '1.34' },
};
const POOLS = [{ name: 'general', replicas: 2 }];

export const REQUESTS = {
  'cluster-api-eks': CAPI,
  'crossplane-eks-claim': { ...EKS, blueprint: 'crossplane-eks-claim' },
  'crossplane-spoke': {
    ...EKS,
    blueprint: 'crossplane-spoke',
    parameters: { ...EKS.parameters, pools: POOLS },
  },
  'kro-eks': { ...EKS, blueprint: 'kro-eks' },
};

const metadata = (blueprint: string) => ({
  name: 'spoke-new',
  namespace: 'clusters',
  annotations: { 'fleet/blueprint': blueprint, 'fleet/cluster': 'spoke-new' },
});

export const CLAIMS: Record<string, object> = {
  'cluster-api-eks': {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: metadata('cluster-api-eks'),
    spec: {
      topology: {
        classRef: { name: 'eks-standard' },
        version: 'v1.34.1',
        workers: {
          machineDeployments: [
            { class: 'general', name: 'general', replicas: 3 },
          ],
        },
        variables: [
          { name: 'region', value: 'eu-west-1' },
          { name: 'instanceType', value: 'm6i.large' },
        ],
      },
    },
  },
  'crossplane-eks-claim': {
    apiVersion: 'platform.acme.example/v1alpha1',
    kind: 'EKSCluster',
    metadata: metadata('crossplane-eks-claim'),
    spec: {
      compositeDeletePolicy: 'Foreground',
      parameters: {
        region: 'eu-west-1',
        kubernetesVersion: '1.34',
        nodes: { count: 3, size: 'medium' },
      },
    },
  },
  'crossplane-spoke': {
    apiVersion: 'platform.acme.example/v1',
    kind: 'SpokeCluster',
    metadata: metadata('crossplane-spoke'),
    spec: {
      crossplane: {
        compositionRef: { name: 'spokeclusters.platform.acme.example' },
      },
      region: 'eu-west-1',
      kubernetesVersion: '1.34',
      pools: [{ name: 'general', replicas: 2, instanceType: 'm6i.large' }],
    },
  },
  'kro-eks': {
    apiVersion: 'kro.run/v1alpha1',
    kind: 'EksCluster',
    metadata: metadata('kro-eks'),
    spec: {
      name: 'spoke-new',
      region: 'eu-west-1',
      version: '1.34',
      workers: { replicas: 3, instanceType: 'm6i.large' },
      tags: { environment: 'staging' },
    },
  },
};
