import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { inSequence } from '../../layouts/sequence';
import type { RepositorySnapshot } from '../../model/repository';
import {
  dnsLabel,
  environment,
  environments,
  version as versionGrammar,
} from '../grammar';
import type { IntentStage } from '../stages';
import type { IntentDefinition } from '../types';
import { clustersOf, deploymentsIn, viewService } from './targets';

const FIX = 'fix';

/**
 * A version for the environment that needs it now, and then for those that must not lose it: two stages, each a commit or
 * pull request of its own.
 */
export const hotfixService: IntentDefinition<'service.hotfix'> = {
  kind: 'service.hotfix',
  schema: z
    .strictObject({
      service: dnsLabel,
      version: versionGrammar,
      environment,
      forwardTo: environments,
    })
    .refine(({ environment: fixed, forwardTo }) => !forwardTo.includes(fixed), {
      error: 'must not name the environment that is fixed',
      path: ['forwardTo'],
    }),
  subject: ({ service }) => service,
  apply(parameters, repository, options) {
    const { service, version, environment: fixed, forwardTo } = parameters;
    const view = viewService(service, repository, options);
    const meant = (names: string[]) =>
      deploymentsIn(view, service, { environments: names });
    const elsewhere = meant([fixed, ...forwardTo]).find(
      ({ revision }) => revision !== undefined,
    );
    if (elsewhere) {
      throw new InputError(
        `parameters.${
          elsewhere.environment === fixed ? 'environment' : 'forwardTo'
        }: \`${service}\` follows \`${elsewhere.revision}\` in ${
          elsewhere.environment
        }, which is not the branch of these files. Promote by merge-branch or move-tag there.`,
      );
    }
    const all: IntentStage[] = [
      {
        id: FIX,
        title: `Fix ${fixed}`,
        waitFor: 'merged',
        clusters: clustersOf(meant([fixed])),
        version,
      },
      {
        id: 'forward',
        title: `Forward to ${forwardTo.join(', ')}`,
        waitFor: 'merged',
        clusters: clustersOf(meant(forwardTo)),
        version,
      },
    ];
    const { stage } = options;
    const stages = stage ? all.filter(({ id }) => id === stage.id) : all;
    const edit = inSequence(
      repository,
      stages.map(
        ({ id }) =>
          (state: RepositorySnapshot) =>
            view.layout.setVersion(
              {
                service,
                version,
                environments: id === FIX ? [fixed] : forwardTo,
              },
              state,
              view.context,
            ),
      ),
    );
    const title = `Hotfix ${service} ${version} in ${fixed}`;
    return {
      ...edit,
      title: stage ? `${title}: ${stage.title}` : title,
      touched: {
        services: [service],
        clusters: [
          ...new Set(stages.flatMap(({ clusters }) => clusters)),
        ].sort(),
      },
      ...(stage ? {} : { stages }),
    };
  },
};
