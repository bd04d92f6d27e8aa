/**
 * The fleet's clusters as clusters of the Backstage Kubernetes plugin.
 *
 * @packageDocumentation
 */
export { kubernetesModuleFleet as default } from './module';
