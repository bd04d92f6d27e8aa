import { parseArgs } from 'util';
import { CONTROL_HELP } from '../control';

/** What the command line of the embedded hub says. */
export interface HubCommandOptions {
  help: boolean;
  kubernetesPort: number;
  gitPort: number;
  argocdPort: number;
  /** Port for fault injection; none without it. */
  controlPort?: number;
  example: string;
  dataDirectory?: string;
  /** What to do with a hub that runs already, instead of starting one. */
  control?: ControlCommand;
}

/** Breaks one hub, or mends one or all, over the control port at a URL. */
export type ControlCommand =
  | { url: string; act: 'break'; hub: string; kind: string }
  | { url: string; act: 'mend'; hub?: string };

export const USAGE = `The embedded hub: Kubernetes APIs with Argo CD's controllers, and a Git host, in one process.

  --example FOLDER         GitOps repository and history to start from (npm run hub: examples/portal)
  --kubernetes-port N      Kubernetes API (7100)
  --git-port N             Git host: GitHub's REST API, git over HTTP, pages (7101)
  --argocd-port N          Argo CD: its API, and pages of Applications (7102)
  --control-port N         break and mend hubs over HTTP (off)
  --data FOLDER            where the bare repositories live (a temporary folder)
  --help                   this text

An example with a file hubs.yaml has several hubs: the ports of each are ten further on than those of the one before.

  break HUB [KIND]         let a running hub fail (down), over its control port
  mend [HUB]               let it be well again, or all
  --control URL            where that is (http://localhost:7103)

${CONTROL_HELP}
Tokens: FLEET_HUB_TOKEN (embedded-hub-token) for the Kubernetes API and Argo CD, FLEET_GIT_TOKEN (embedded-git-token) for the Git host.`;

function port(name: string, text: string | undefined, fallback: number) {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new Error(`--${name} ${text} is no port: give a number up to 65535.`);
  }
  return number;
}

function controlCommand(
  [act, hub, kind, ...more]: string[],
  url = 'http://localhost:7103',
): ControlCommand | undefined {
  if (act === undefined) return undefined;
  if (act !== 'break' && act !== 'mend') {
    throw new Error(`${act} is no command: use break or mend.`);
  }
  const surplus = act === 'mend' ? kind : more[0];
  if (surplus !== undefined) {
    throw new Error(
      `${surplus} is one word too many: use break HUB [KIND] or mend [HUB].`,
    );
  }
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new Error(
      `--control ${url} is no URL: give one like http://localhost:7103.`,
    );
  }
  if (act === 'mend') return { url, act, hub };
  if (hub === undefined) {
    throw new Error('The name of a hub is missing: break HUB [KIND].');
  }
  return { url, act, hub, kind: kind ?? 'down' };
}

/** Reads the command line; throws with a sentence about what is wrong. */
export function parseOptions(args: string[]): HubCommandOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      'kubernetes-port': { type: 'string' },
      'git-port': { type: 'string' },
      'argocd-port': { type: 'string' },
      'control-port': { type: 'string' },
      example: { type: 'string' },
      data: { type: 'string' },
      control: { type: 'string' },
    },
  });
  const control = controlCommand(positionals, values.control);
  if (!values.help && !control && !values.example) {
    throw new Error('--example FOLDER is missing.');
  }
  return {
    help: values.help === true,
    kubernetesPort: port('kubernetes-port', values['kubernetes-port'], 7100),
    gitPort: port('git-port', values['git-port'], 7101),
    argocdPort: port('argocd-port', values['argocd-port'], 7102),
    controlPort:
      values['control-port'] === undefined
        ? undefined
        : port('control-port', values['control-port'], 0),
    example: values.example ?? '',
    dataDirectory: values.data,
    control,
  };
}
