export {
  adminRules,
  readerRules,
  type AccessRule,
  type AccessToken,
  type User,
} from './access';
export {
  createKubernetesApi,
  type KubernetesApiHandler,
  type KubernetesApiOptions,
} from './createKubernetesApi';
export { FaultPlan, type Fault, type FaultRule } from './faults';
export {
  createFaultsHandler,
  FAULT_KINDS,
  parseFaultRule,
  parseFaultRules,
} from './faultsHandler';
export {
  createPlainAndTlsServer,
  createSelfSignedCertificate,
  type ServerCertificate,
} from './plainAndTlsServer';
export { systemTimers, type Timers } from './timers';
