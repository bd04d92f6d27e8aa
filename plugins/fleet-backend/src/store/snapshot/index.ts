export * from './hubSnapshots';
export * from './snapshotKeeper';
