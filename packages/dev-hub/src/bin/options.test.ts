import { parseOptions } from './options';

const CONTROL = 'http://localhost:7103';

describe('the command line of the embedded hub', () => {
  it('starts a hub on the usual ports, without a control port', () => {
    expect(parseOptions(['--example', 'folder'])).toEqual({
      help: false,
      kubernetesPort: 7100,
      gitPort: 7101,
      argocdPort: 7102,
      controlPort: undefined,
      example: 'folder',
      dataDirectory: undefined,
      control: undefined,
    });
  });

  it("takes ports of one's own, 0 among them, and a folder for data", () => {
    const args =
      '--example e --kubernetes-port 1 --git-port 2 --argocd-port 3 --control-port 0 --data d';
    expect(parseOptions(args.split(' '))).toMatchObject({
      kubernetesPort: 1,
      gitPort: 2,
      argocdPort: 3,
      controlPort: 0,
      dataDirectory: 'd',
    });
  });

  it.each([
    ['break edge', { act: 'break', hub: 'edge', kind: 'down', url: CONTROL }],
    [
      'break edge 410',
      { act: 'break', hub: 'edge', kind: '410', url: CONTROL },
    ],
    ['mend edge', { act: 'mend', hub: 'edge', url: CONTROL }],
    ['mend', { act: 'mend', hub: undefined, url: CONTROL }],
    [
      'mend --control http://localhost:18303',
      { act: 'mend', hub: undefined, url: 'http://localhost:18303' },
    ],
    // What `npm run hub` puts before the command.
    [
      '--example folder break edge',
      { act: 'break', hub: 'edge', kind: 'down', url: CONTROL },
    ],
  ])('%s is for a hub that runs', (line, control) => {
    expect(parseOptions(line.split(' ')).control).toEqual(control);
  });

  it('shows help whatever is missing', () => {
    expect(parseOptions(['--help']).help).toBe(true);
  });

  it.each([
    ['', '--example FOLDER is missing.'],
    [
      '--example e --git-port x',
      '--git-port x is no port: give a number up to 65535.',
    ],
    [
      '--example e --control-port 65536',
      '--control-port 65536 is no port: give a number up to 65535.',
    ],
    ['--example e --nope', "Unknown option '--nope'"],
    ['fix edge', 'fix is no command: use break or mend.'],
    ['break', 'The name of a hub is missing: break HUB [KIND].'],
    ['break edge down now', 'now is one word too many'],
    ['mend edge down', 'down is one word too many'],
    ['mend --control 7103', '--control 7103 is no URL'],
    ['mend --control localhost:7103', '--control localhost:7103 is no URL'],
  ])('refuses "%s"', (line, message) => {
    expect(() => parseOptions(line.split(' ').filter(Boolean))).toThrow(
      message,
    );
  });
});
