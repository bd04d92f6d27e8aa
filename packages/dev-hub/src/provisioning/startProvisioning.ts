import type { Clock } from '../clock';
import { startCustomResourceController } from '../customResources';
import { customResourceDefinitions, type ObjectStore } from '../objects';
import type { Clusters } from '../spokes';
import {
  clusterApiConversions,
  clusterApiDefinitions,
  ClusterController,
} from './clusterApi';
import {
  crossplaneConversions,
  crossplaneDefinitions,
  DefinitionController as CompositeDefinitionController,
} from './crossplane';
import {
  DefinitionController as GraphDefinitionController,
  kroDefinitions,
} from './kro';
import { Registrar } from './Registrar';
import { type ProvisioningTimings, QUICK_TIMINGS } from './timings';

/** What can be installed on a hub to make clusters. */
export type Provisioner = 'cluster-api' | 'crossplane' | 'kro';

export const PROVISIONERS: Provisioner[] = ['cluster-api', 'crossplane', 'kro'];

export interface ProvisioningOptions {
  store: ObjectStore;
  clock: Clock;
  clusters: Clusters;
  /** What is installed. */
  provisioners: readonly Provisioner[];
  /** DNS domain of the clusters that are made. */
  domain: string;
  /** Namespace of cluster Secrets. */
  namespace: string;
  timings?: ProvisioningTimings;
  onError: (what: string, error: unknown) => void;
}

const INSTALLATIONS = {
  'cluster-api': {
    definitions: clusterApiDefinitions,
    Controller: ClusterController,
  },
  crossplane: {
    definitions: crossplaneDefinitions,
    Controller: CompositeDefinitionController,
  },
  kro: { definitions: kroDefinitions, Controller: GraphDefinitionController },
};

/**
 * Serves custom resources, installs what makes clusters, and runs its controllers.
 *
 * @returns a function that stops all
 */
export function startProvisioning(options: ProvisioningOptions): () => void {
  const { store, clock, provisioners } = options;
  const stops = [
    startCustomResourceController(store, {
      now: () => clock.now(),
      conversions: (group, kind, version) =>
        clusterApiConversions(group, kind, version) ??
        crossplaneConversions(group, kind, version),
    }),
  ];
  const registrar = new Registrar(options);
  stops.push(registrar.start());
  const context = {
    store,
    clock,
    registrar,
    timings: options.timings ?? QUICK_TIMINGS,
    onError: options.onError,
  };
  for (const provisioner of provisioners) {
    const { definitions, Controller } = INSTALLATIONS[provisioner];
    for (const definition of definitions()) {
      store.create(customResourceDefinitions, definition);
    }
    const controller = new Controller(context);
    stops.push(() => controller.stop());
  }
  return () => stops.reverse().forEach(stop => stop());
}
