import { parseArgs } from 'util';

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
}

export const USAGE = `The embedded hub: a Kubernetes API with Argo CD's controllers, and a Git host, in one process.

  --example FOLDER         GitOps repository and history to start from (required)
  --kubernetes-port N      Kubernetes API (7100)
  --git-port N             Git host: GitHub's REST API, git over HTTP, pages (7101)
  --argocd-port N          pages of Applications (7102)
  --control-port N         inject faults: POST /__hub/faults, POST /__git/faults (off)
  --data FOLDER            where the bare repositories live (a temporary folder)
  --help                   this text

Tokens: FLEET_HUB_TOKEN (embedded-hub-token) for the Kubernetes API, FLEET_GIT_TOKEN (embedded-git-token) for the Git host.`;

function port(name: string, text: string | undefined, fallback: number) {
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new Error(`--${name} ${text} is no port: give a number up to 65535.`);
  }
  return number;
}

/** Reads the command line; throws with a sentence about what is wrong. */
export function parseOptions(args: string[]): HubCommandOptions {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      'kubernetes-port': { type: 'string' },
      'git-port': { type: 'string' },
      'argocd-port': { type: 'string' },
      'control-port': { type: 'string' },
      example: { type: 'string' },
      data: { type: 'string' },
    },
  });
  if (!values.help && !values.example) {
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
  };
}
