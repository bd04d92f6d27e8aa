export * from './AbsentDetails';
export * from './CellPopover';
export * from './DeployedDetails';
export * from './useCellPopovers';
