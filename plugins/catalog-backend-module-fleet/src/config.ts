import {
  SchedulerServiceTaskScheduleDefinition,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { EntityOptions } from './clusterEntities';

const SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { seconds: 30 },
  timeout: { minutes: 1 },
  // The fleet's backend often starts with this one.
  initialDelay: { seconds: 5 },
};

/** What `catalog.providers.fleet` says; all of it may be left out. */
export function readProviderOptions(root: Config): {
  schedule: SchedulerServiceTaskScheduleDefinition;
  entities: EntityOptions;
} {
  const config = root.getOptionalConfig('catalog.providers.fleet');
  const schedule = config?.getOptionalConfig('schedule');
  return {
    schedule: schedule
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
      : SCHEDULE,
    entities: {
      portal: root.getOptionalString('app.baseUrl')?.replace(/\/+$/, ''),
      owner: config?.getOptionalString('owner') ?? 'unknown',
      ownerKey: config?.getOptionalString('ownerKey'),
      system: config?.getOptionalString('system'),
      namespace: config?.getOptionalString('namespace') ?? 'default',
      labels: config?.getOptionalStringArray('labels') ?? [],
      relations: config?.getOptionalBoolean('relations') ?? true,
    },
  };
}
