import { z } from 'zod';
import { dnsLabel } from '../grammar';
import type { IntentDefinition } from '../types';
import { clustersOf, viewService } from './targets';

/** Takes a service off the whole fleet. */
export const offboardService: IntentDefinition<'service.offboard'> = {
  kind: 'service.offboard',
  schema: z.strictObject({
    service: dnsLabel,
    deleteFiles: z.boolean().optional(),
  }),
  subject: ({ service }) => service,
  apply({ service, deleteFiles }, repository, options) {
    const { layout, context, deployments } = viewService(
      service,
      repository,
      options,
    );
    const edit = layout.offboard({ service, deleteFiles }, repository, context);
    return {
      ...edit,
      title: `Take ${service} off the fleet`,
      touched: {
        services: [service],
        clusters: clustersOf(
          deployments.filter(deployment => deployment.service === service),
        ),
      },
    };
  },
};
