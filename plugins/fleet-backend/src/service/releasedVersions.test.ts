import { releasedVersions } from './releasedVersions';

const texts = (tags: string[], used: string[]) =>
  releasedVersions(
    'payments',
    tags.map(name => ({ name, sha: 'a' })),
    used,
  ).map(({ text, tag }) => (text === tag.name ? text : `${text} ${tag.name}`));

describe('releasedVersions', () => {
  it.each<[string, string[], string[], string[]]>([
    [
      'leaves out the v that versions in use lack',
      ['v1.2.0'],
      ['1.1.0'],
      ['1.2.0 v1.2.0'],
    ],
    [
      'keeps the v that all have',
      ['v1.2.0', '1.3.0'],
      ['v1.1.0', 'main'],
      ['1.3.0', 'v1.2.0'],
    ],
    [
      'leaves out the v where only some have it',
      ['v1.2.0'],
      ['v1.1.0', '1.1.0'],
      ['1.2.0 v1.2.0'],
    ],
    ['leaves out the v where nothing runs', ['v1.2.0'], [], ['1.2.0 v1.2.0']],
    [
      'sorts by version and names each once',
      ['v1.9.0', '1.10.0', 'v1.10.0', 'vanilla'],
      [],
      ['1.10.0', '1.9.0 v1.9.0', 'vanilla'],
    ],
    [
      'leaves out what is no version',
      ['release/1.0', '-x', 'é1', 'a'.repeat(129)],
      [],
      [],
    ],
    [
      'takes the tags of one of several components',
      [
        'payments-v1.2.0',
        'ledger-v3.0.0',
        'payments-ui-v9.0.0',
        'v7',
        'payments@1.1.0',
        'payments/v1.0.0',
      ],
      [],
      [
        '1.2.0 payments-v1.2.0',
        '1.1.0 payments@1.1.0',
        '1.0.0 payments/v1.0.0',
      ],
    ],
  ])('%s', (_name, tags, used, expected) => {
    expect(texts(tags, used)).toEqual(expected);
  });
});
