export type { HelmCapabilities } from './capabilities';
export { HelmError } from './errors';
export { renderHelmChart, type RenderHelmChartInput } from './renderHelmChart';
export type { SetValue } from './setValues';
