export { ChangeList } from './ChangeList';
export { ChangesPage } from './ChangesPage';
export { ChangesRouter } from './ChangesRouter';
