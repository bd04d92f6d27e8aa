import type { AnyIntentDefinition } from '../types';
import { onboardService } from './onboard';

/** Intents that change where services run, and in which version. */
export const serviceIntents: AnyIntentDefinition[] = [onboardService];
