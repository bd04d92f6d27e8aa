export * from './ChangeDialog';
export * from './ChangeView';
export * from './DiffView';
export * from './GuardList';
export * from './PlanView';
export * from './StageClusters';
export * from './usePlan';
export * from './useRepositories';
