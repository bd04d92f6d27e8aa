export * from './changeLooks';
export { ChangePage } from './ChangePage';
export { ChangeStateLabel } from './ChangeStateLabel';
export { GitLink } from './GitLinks';
