import { z } from 'zod';
import { dnsLabel, targets, version } from '../grammar';
import type { IntentDefinition } from '../types';
import {
  clustersOf,
  deploymentsIn,
  describeTargets,
  viewService,
} from './targets';

/** Brings back a version that ran before, by a commit that goes forward. */
export const rollbackService: IntentDefinition<'service.rollback'> = {
  kind: 'service.rollback',
  schema: z.strictObject({ service: dnsLabel, on: targets, version }),
  subject: ({ service }) => service,
  apply(parameters, repository, options) {
    const { service, on } = parameters;
    const view = viewService(service, repository, options);
    const meant = deploymentsIn(view, service, on);
    const edit = view.layout.setVersion(
      { service, version: parameters.version, ...on },
      repository,
      view.context,
    );
    return {
      ...edit,
      title: `Roll ${service} back to ${
        parameters.version
      } on ${describeTargets(on)}`,
      touched: { services: [service], clusters: clustersOf(meant) },
    };
  },
};
