import { z } from 'zod';
import { layoutOfService } from '../../layouts';
import { clusterNames, dnsLabel } from '../grammar';
import type { IntentDefinition } from '../types';
import { describeTargets, layoutContext } from './targets';

const schema = z.strictObject({ service: dnsLabel, clusters: clusterNames });

/** Switches a service of the fleet on, on some clusters. */
export const enableService: IntentDefinition<'service.enable'> = {
  kind: 'service.enable',
  schema,
  subject: ({ service }) => service,
  apply: ({ service, clusters }, repository, options) => {
    const context = layoutContext(options);
    return {
      ...layoutOfService(repository, service, options.layout, context).enable(
        service,
        clusters,
        repository,
        context,
      ),
      title: `Enable ${service} on ${describeTargets({ clusters })}`,
      touched: { services: [service], clusters },
    };
  },
};

/** Switches a service off, on some clusters. */
export const disableService: IntentDefinition<'service.disable'> = {
  kind: 'service.disable',
  schema,
  subject: ({ service }) => service,
  apply: ({ service, clusters }, repository, options) => {
    const context = layoutContext(options);
    return {
      ...layoutOfService(repository, service, options.layout, context).disable(
        service,
        clusters,
        repository,
        context,
      ),
      title: `Disable ${service} on ${describeTargets({ clusters })}`,
      touched: { services: [service], clusters },
    };
  },
};
