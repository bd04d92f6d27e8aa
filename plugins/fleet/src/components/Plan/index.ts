export * from './ChangeDialog';
export * from './ChangeView';
export * from './DiffView';
export * from './PlanView';
