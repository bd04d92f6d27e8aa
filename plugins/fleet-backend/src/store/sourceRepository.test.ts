import { sourceRepository } from './sourceRepository';

const SLUG = 'github.com/project-slug';
const LOCATION = 'backstage.io/source-location';

describe('sourceRepository', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ [SLUG]: 'acme/payments' }, 'https://ghe.example/acme/payments'],
    [
      { [LOCATION]: 'url:https://github.com/acme/payments/tree/main/' },
      'https://github.com/acme/payments',
    ],
    [
      { [LOCATION]: 'url:http://localhost:7101/acme/payments.git' },
      'http://localhost:7101/acme/payments',
    ],
    [
      {
        [LOCATION]:
          'url:https://gitlab.com/acme/shop/payments/-/tree/main/src/x/',
      },
      'https://gitlab.com/acme/shop/payments',
    ],
    // The catalog filled in where the entity's file is.
    [
      {
        [LOCATION]: 'url:https://github.com/acme/catalog/tree/main/',
        [SLUG]: 'acme/payments',
      },
      'https://github.com/acme/payments',
    ],
    [{ [SLUG]: 'payments' }, undefined],
    [{ [LOCATION]: 'file:/srv/payments' }, undefined],
    [{ [LOCATION]: 'url:git@github.com:acme/payments' }, undefined],
    [{ [LOCATION]: 'url:https://github.com/acme' }, undefined],
    [{ [LOCATION]: 'payments' }, undefined],
  ])('%j: %s', (annotations, url) => {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'payments', annotations },
    };
    expect(sourceRepository(entity, 'ghe.example')).toBe(url);
  });
});
