import { indexRepository } from '../repository/indexRepository';
import { layeredValuesLayout as layout } from './layeredValues';
import { exampleRepository } from './testdata/exampleRepository';
import { errorOf, Refusal } from './testdata/refusal';
import { edited } from './testdata/shopRepository';

const repository = exampleRepository('layered-values', 'storefront-deploy');
const text = (path: string) => repository.files.get(path)!;

describe('refusals', () => {
  it.each<Refusal>([
    [
      'an unknown service',
      () => layout.enable('review', ['shop-prod'], repository),
      'NotFoundError',
      'No Application of the repository deploys `review`. Did you mean `reviews`?',
    ],
    [
      'an unknown cluster',
      () => layout.enable('reviews', ['shop-pord'], repository),
      'NotFoundError',
      'No Application of the repository goes to cluster `shop-pord`. Did you mean `shop-prod`?',
    ],
    [
      'an environment where the service does not run',
      () =>
        layout.setVersion(
          { service: 'reviews', version: '1', environments: ['prod'] },
          repository,
        ),
      'NotFoundError',
      '`reviews` does not run in environment `prod`. Known: `dev`, `staging`.',
    ],
    [
      'values that are not there',
      () =>
        layout.onboard(
          { service: 'gift-cards', clusters: ['shop-staging'] },
          repository,
        ),
      'ConflictError',
      'apps/staging/gift-cards.yaml would read services/gift-cards/values-staging.yaml, which does not exist. Add it with the version and the values first.',
    ],
    [
      'a service without a directory',
      () =>
        layout.onboard(
          { service: 'ghost', clusters: ['shop-dev'] },
          repository,
        ),
      'InputError',
      'parameters.path: `services/ghost` does not exist in the repository.',
    ],
    [
      'another path for a service that exists',
      () =>
        layout.onboard(
          {
            service: 'reviews',
            clusters: ['shop-prod'],
            path: 'services/gift-cards',
          },
          repository,
        ),
      'ConflictError',
      'parameters.path: apps/dev/reviews.yaml deploys `reviews` from `services/reviews`, not `services/gift-cards`.',
    ],
    [
      'files that another service is deployed from',
      () =>
        layout.offboard(
          { service: 'search', deleteFiles: true },
          edited(repository, {
            'apps/prod/web.yaml': text('apps/prod/web.yaml').replace(
              'path: services/web',
              'path: services/search',
            ),
          }),
        ),
      'ConflictError',
      'parameters.deleteFiles: apps/prod/web.yaml deploys from `services/search` too.',
    ],
    [
      'a cluster with several environments',
      () =>
        layout.enable(
          'reviews',
          ['shop-prod'],
          edited(repository, {
            'apps/prod/web.yaml': text('apps/prod/web.yaml').replace(
              'environment: prod',
              'environment: canary',
            ),
          }),
        ),
      'ConflictError',
      'Cluster `shop-prod` holds several environments',
    ],
  ])('%s', (_title, run, name, message) =>
    expect(errorOf(run)).toMatchObject({
      name,
      message: expect.stringContaining(message),
    }),
  );

  it('does not take the manifests of a hub for services', () => {
    const hub = edited(
      repository,
      Object.fromEntries(
        [...repository.files.keys()]
          .filter(file => file.startsWith('apps/'))
          .map(file => [file, undefined]),
      ),
    );
    const bootstrap = edited(hub, {
      'apps/dev/project.yaml': text('projects/storefront.yaml'),
      'apps/staging/project.yaml': text('projects/storefront.yaml'),
      'apps/prod/project.yaml': text('projects/storefront.yaml'),
    });
    expect(indexRepository(bootstrap).applications).toHaveLength(3);
    expect(layout.detect(bootstrap)).toBeUndefined();
  });
});
