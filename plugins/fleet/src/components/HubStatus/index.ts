export * from './HubBanners';
export * from './HubChips';
export * from './HubHeaderAction';
