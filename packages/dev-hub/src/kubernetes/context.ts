import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, ObjectStore, Resource } from '../objects';
import type { User } from './access';
import type { FaultPlan } from './faults';
import type { Representation } from './negotiation';
import type { ResourceRequest } from './requestInfo';
import type { Timers } from './timers';

/** What every handler of the API works with. */
export interface ApiContext {
  store: ObjectStore;
  clock: Clock;
  timers: Timers;
  faults: FaultPlan;
  /** Between 0 and 1, for the timeouts that a server chooses itself. */
  random: () => number;
}

/** A request for a resource that is served, from a user who may make it. */
export interface ResourceCall {
  message: IncomingMessage;
  response: ServerResponse;
  info: ResourceRequest;
  resource: Resource;
  query: URLSearchParams;
  user: User;
  representation: Representation;
}
