export const pluginId = 'fleet';
