/* eslint-disable no-console */
import { startEmbeddedHub } from '../hub';
import { runControlCommand } from './controlCommand';
import { parseOptions, USAGE } from './options';

/** Accepted by the Kubernetes API unless FLEET_HUB_TOKEN says otherwise. */
const HUB_TOKEN = 'embedded-hub-token';

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  if (options.control) {
    console.log(await runControlCommand(options.control));
    return;
  }
  const hub = await startEmbeddedHub({
    ...options,
    hubToken: process.env.FLEET_HUB_TOKEN || HUB_TOKEN,
    gitToken: process.env.FLEET_GIT_TOKEN || 'embedded-git-token',
    onError: (what, error) => console.error(`${what}: ${error}`),
  });
  for (const { name, kubernetesUrl, argocdUrl } of hub.hubs) {
    const url = kubernetesUrl.replace(/^http:/, 'https:');
    const token = process.env.FLEET_HUB_TOKEN
      ? '"$FLEET_HUB_TOKEN"'
      : HUB_TOKEN;
    console.log(
      `Hub ${name}: Kubernetes API at ${kubernetesUrl}, Argo CD at ${argocdUrl}`,
    );
    console.log(
      `  kubectl --server ${url} --insecure-skip-tls-verify --token ${token} get applications -A`,
    );
  }
  console.log(`Git host at ${hub.gitUrl}`);
  if (hub.controlUrl) console.log(`Break and mend hubs at ${hub.controlUrl}`);

  const end = () => {
    hub.stop().then(
      () => process.exit(0),
      error => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

main().catch(error => {
  console.error(error.message);
  process.exit(1);
});
