import { gitGeneratorLayout as layout } from './gitGenerator';
import { exampleRepository } from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';

const repository = exampleRepository('git-generator', 'media-gitops');
const EUW = 'media-eu-west-1-prod';
const USE = 'media-us-east-1-prod';
const APS = 'media-ap-southeast-2-prod';

describe('git generator', () => {
  it.each<[string, () => unknown, string]>([
    [
      'to take an agent off one cluster',
      () => layout.disable('gpu-exporter', [APS], repository),
      'applicationsets/agents.yaml puts `gpu-exporter` on every cluster that its generators select, so it cannot be taken off `media-ap-southeast-2-prod` alone.',
    ],
    [
      'to put an agent on a cluster that is not selected',
      () =>
        layout.enable('gpu-exporter', ['bare'], repository, {
          clusters: [
            {
              name: 'bare',
              server: 'https://bare.example.com',
              labels: {},
              annotations: {},
            },
          ],
        }),
      '`bare` is not among them. Change the labels of the cluster, or the selector.',
    ],
    [
      'to offboard an agent and keep its chart',
      () => layout.offboard({ service: 'gpu-exporter' }, repository),
      'parameters.deleteFiles: `agents/gpu-exporter` itself is what deploys `gpu-exporter`, so it has to go.',
    ],
    [
      'a service without a chart',
      () => layout.onboard({ service: 'ghost', clusters: [APS] }, repository),
      'parameters.path: `charts/ghost` or `bases/ghost` does not exist in the repository.',
    ],
    [
      'a path from elsewhere',
      () =>
        layout.onboard(
          { service: 'subtitles', clusters: [APS], path: 'charts/catalogue' },
          repository,
        ),
      'parameters.path: services of this repository are deployed from `charts/subtitles` or `bases/subtitles`.',
    ],
    [
      'another namespace than the template’s',
      () =>
        layout.onboard(
          { service: 'subtitles', clusters: [APS], namespace: 'kube-system' },
          repository,
        ),
      'parameters.namespace: applicationsets/services.yaml deploys `subtitles` to namespace `subtitles`.',
    ],
    [
      'a version for some of those that share a file',
      () =>
        layout.setVersion(
          { service: 'log-shipper', version: '3.0.0', clusters: [USE] },
          repository,
        ),
      'agents/log-shipper/values.yaml holds the version of `log-shipper` for media-us-east-1-prod and also for media-ap-southeast-2-prod, media-eu-west-1-prod, media-eu-west-1-staging. Name these too',
    ],
    [
      'a service whose name would choose the project',
      () =>
        layout.onboard(
          { service: 'subtitles', clusters: [APS] },
          edited(repository, {
            'applicationsets/services.yaml': repository.files
              .get('applicationsets/services.yaml')!
              .replace('project: media', "project: '{{.path.basename}}'"),
          }),
        ),
      'applicationsets/services.yaml makes `project` from the service’s name',
    ],
    [
      'a file in the way',
      () =>
        layout.enable(
          'player-api',
          [APS],
          edited(repository, {
            'applicationsets/services.yaml': repository.files
              .get('applicationsets/services.yaml')!
              .replace(
                'path: deployments/*/*.yaml',
                'path: deployments/*/*.yaml\n          - path: deployments/*/media-ap*.yaml\n            exclude: true',
              ),
            [`deployments/player-api/${APS}.yaml`]: 'x: y\n',
          }),
        ),
      `deployments/player-api/${APS}.yaml exists already and does not deploy`,
    ],
    [
      'a copy whose repository has the cluster’s name',
      () =>
        layout.enable(
          'ad-insertion',
          [APS],
          edited(repository, {
            [`channels/${EUW}/ad-insertion/extra.yaml`]: `repoURL: https://git.example.com/${EUW}\n`,
          }),
        ),
      '`repoURL` has the name of the cluster or service, and is not copied for another.',
    ],
    [
      'a service that is on no cluster yet',
      () =>
        layout.enable(
          'subtitles',
          [APS],
          edited(repository, {
            'applicationsets/subtitles.yaml': repository.files
              .get('applicationsets/services.yaml')!
              .replace('name: services', 'name: subtitles')
              .replace('deployments/*/*.yaml', 'deployments/subtitles/*.yaml')
              .replaceAll('{{.path.basename}}', 'subtitles'),
          }),
        ),
      'No file or directory deploys `subtitles` to a cluster yet, so there is none to copy for `media-ap-southeast-2-prod`. Write the first one by hand.',
    ],
  ])('refuses %s', (_case, run, message) => {
    expect(run).toThrow(message);
  });
});
