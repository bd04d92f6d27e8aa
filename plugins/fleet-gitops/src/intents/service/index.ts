import type { AnyIntentDefinition } from '../types';
import { hotfixService } from './hotfix';
import { offboardService } from './offboard';
import { onboardService } from './onboard';
import { promoteService } from './promote';
import { rollbackService } from './rollback';
import { disableService, enableService } from './toggle';

/** Intents that change where services run, and in which version. */
export const serviceIntents: AnyIntentDefinition[] = [
  onboardService,
  offboardService,
  enableService,
  disableService,
  promoteService,
  rollbackService,
  hotfixService,
];
