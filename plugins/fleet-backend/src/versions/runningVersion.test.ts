import { imageVersion, parseImage } from './imageReference';
import { runningVersion } from './runningVersion';

describe('parseImage', () => {
  it.each([
    ['nginx', { repository: 'nginx' }, 'latest'],
    ['nginx:1.27', { repository: 'nginx', tag: '1.27' }, '1.27'],
    ['host:5000/a/b', { repository: 'host:5000/a/b' }, 'latest'],
    ['host:5000/a/b:v1', { repository: 'host:5000/a/b', tag: 'v1' }, 'v1'],
    [
      'a/b:v1@sha256:0123456789abcdef',
      { repository: 'a/b', tag: 'v1', digest: 'sha256:0123456789abcdef' },
      'v1',
    ],
    [
      'a/b@sha256:0123456789abcdef',
      { repository: 'a/b', digest: 'sha256:0123456789abcdef' },
      '0123456789ab',
    ],
  ])('%s', (text, reference, version) => {
    expect(parseImage(text)).toEqual({
      tag: undefined,
      digest: undefined,
      ...reference,
    });
    expect(imageVersion(parseImage(text))).toBe(version);
  });
});

describe('runningVersion', () => {
  it.each<[string, string[], object, string | undefined]>([
    ['nothing', [], {}, undefined],
    ['the only image', ['r/a:1.0'], {}, '1.0'],
    [
      'the one that is called like the service',
      ['r/proxy:9', 'r/payments:1.4.2'],
      { service: 'payments' },
      '1.4.2',
    ],
    [
      'the one that the chart names',
      ['r/payments:9', 'r/app:1.4.2'],
      { service: 'payments', repository: 'r/app' },
      '1.4.2',
    ],
    [
      'no guess among strangers',
      ['r/a:1', 'r/b:2'],
      { service: 'payments' },
      undefined,
    ],
    [
      'both tags during a rollout, the older first',
      ['r/a:1.10.0', 'r/a:1.9.0'],
      {},
      '1.9.0, 1.10.0',
    ],
  ])('%s', (_name, images, hints, text) => {
    expect(runningVersion(images, hints)?.text).toBe(text);
  });
});
