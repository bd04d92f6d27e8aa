import { matrixMergeLayout as layout } from './matrixMerge';
import {
  effectOf,
  exampleRepository,
  linesOf,
} from './testdata/exampleRepository';
import { edited } from './testdata/shopRepository';

const repository = exampleRepository('matrix-merge', 'cluster-addons');

describe('an environment without a version of its own', () => {
  const shared = edited(repository, {
    'addons/ingress-nginx.yaml': repository.files
      .get('addons/ingress-nginx.yaml')!
      .replace('version: 4.12.1', 'tier: gold'),
  });

  it('gets one in its override', () => {
    const { changes } = layout.setVersion(
      { service: 'ingress-nginx', version: '4.12.3', environments: ['prod'] },
      shared,
    );
    expect(linesOf(shared, changes)).toEqual({
      'addons/ingress-nginx.yaml': ['+                version: 4.12.3'],
    });
    expect(effectOf(shared, changes)).toEqual([
      '~ prod-eu-west-1-ingress-nginx on prod-eu-west-1',
      '~ prod-us-east-1-ingress-nginx on prod-us-east-1',
    ]);
  });

  it('gets elements where only some of its clusters are meant', () => {
    const { changes } = layout.setVersion(
      {
        service: 'ingress-nginx',
        version: '4.12.3',
        clusters: ['prod-us-east-1', 'staging-eu-west-1'],
      },
      shared,
    );
    expect(linesOf(shared, changes)).toEqual({
      'addons/ingress-nginx.yaml': [
        '+          - list:',
        '+              elements:',
        '+                - name: prod-us-east-1',
        '+                  values:',
        '+                    version: 4.12.3',
        '+                - name: staging-eu-west-1',
        '+                  values:',
        '+                    version: 4.12.3',
      ],
    });
  });
});
