import { layeredValuesLayout as layout } from './layeredValues';
import { exampleRepository, linesOf } from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';

const repository = exampleRepository('layered-values', 'storefront-deploy');
const text = (path: string) => repository.files.get(path)!;

describe('a branch for each environment', () => {
  const branches = edited(
    repository,
    Object.fromEntries(
      [...repository.files]
        .filter(([file]) => /^apps\/.*\/(web|search)\.yaml$/.test(file))
        .map(([file, content]) => [
          file,
          content
            .replace(
              'targetRevision: main',
              `targetRevision: env/${file.split('/')[1]}`,
            )
            .replace(/ {8}- values-.*\n/, ''),
        ]),
    ),
  );
  const onDev = edited(branches, {
    'services/web/values.yaml': text('services/web/values.yaml').replace(
      'storefront/web\n',
      'storefront/web\n  tag: "8.3.0"\n',
    ),
  });

  it('is recognised, with the branch of each deployment', () => {
    expect(layout.detect(branches)?.sentence).toContain(
      'which follow 4 branches',
    );
    expect(
      layout
        .listDeployments(onDev, { branch: 'env/dev' })
        .filter(({ service }) => service === 'web')
        .map(({ environment, revision, version }) => [
          environment,
          revision,
          version?.text,
        ]),
    ).toEqual([
      ['dev', undefined, '8.3.0'],
      ['prod', 'env/prod', undefined],
      ['staging', 'env/staging', undefined],
    ]);
  });

  it('sets the version on the branch that the files are of, and names the other', () => {
    const { changes } = layout.setVersion(
      { service: 'web', version: '8.3.1', environments: ['dev'] },
      onDev,
      { branch: 'env/dev' },
    );
    expect(linesOf(onDev, changes)).toEqual({
      'services/web/values.yaml': ['-  tag: "8.3.0"', '+  tag: "8.3.1"'],
    });
    expect(() =>
      layout.setVersion(
        { service: 'web', version: '8.3.1', environments: ['prod'] },
        onDev,
        { branch: 'env/dev' },
      ),
    ).toThrow(
      'apps/prod/web.yaml follows `env/prod`: the version of `web` in prod is decided there. Merge into it, or make the change on it.',
    );
  });
});

describe('Applications for the cluster of their own Argo CD', () => {
  const inCluster = edited(
    repository,
    Object.fromEntries(
      [...repository.files]
        .filter(([file]) => file.startsWith('apps/'))
        .map(([file, content]) => [
          file,
          content.replace(/name: shop-\w+/, 'name: in-cluster'),
        ]),
    ),
  );
  const clustersOf = (state: typeof repository) =>
    layout.listClusters(state).map(({ name }) => name);

  it('are named for the environment where there are several', () => {
    expect(clustersOf(inCluster)).toEqual(['dev', 'prod', 'staging']);
    const { changes } = layout.enable('reviews', ['prod'], inCluster);
    expect([...changes.keys()]).toEqual(['apps/prod/reviews.yaml']);
  });

  it('are on `in-cluster` where it is the only one', () => {
    const production = edited(
      inCluster,
      Object.fromEntries(
        [...inCluster.files.keys()]
          .filter(file => /^apps\/(dev|staging)\//.test(file))
          .map(file => [file, undefined]),
      ),
    );
    expect(clustersOf(production)).toEqual(['in-cluster']);
  });
});
