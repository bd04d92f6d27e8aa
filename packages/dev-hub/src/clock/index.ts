export * from './clock';
export * from './replayClock';
