export { appendListItem } from './listItems';
export type { YamlPath } from './locate';
export { removeKey, setMapEntry } from './mapEntries';
export type { MapEntryOptions } from './mapEntries';
export type { YamlScalar, YamlValue } from './scalars';
export { setScalar } from './setScalar';
export type { YamlEditOptions } from './source';
export { YamlEditError } from './YamlEditError';
export type { YamlEditReason } from './YamlEditError';
