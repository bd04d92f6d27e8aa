/* eslint-disable no-console */
import { startEmbeddedHub } from '../hub';
import { parseOptions, USAGE } from './options';

/** Accepted by the Kubernetes API unless FLEET_HUB_TOKEN says otherwise. */
const HUB_TOKEN = 'embedded-hub-token';

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const hub = await startEmbeddedHub({
    ...options,
    hubToken: process.env.FLEET_HUB_TOKEN || HUB_TOKEN,
    gitToken: process.env.FLEET_GIT_TOKEN || 'embedded-git-token',
    onError: (what, error) => console.error(`${what}: ${error}`),
  });
  console.log(`Kubernetes API at ${hub.kubernetesUrl}`);
  console.log(
    `  kubectl --server ${hub.kubernetesUrl.replace(
      /^http:/,
      'https:',
    )} --insecure-skip-tls-verify --token ${
      process.env.FLEET_HUB_TOKEN ? '"$FLEET_HUB_TOKEN"' : HUB_TOKEN
    } get applications -A`,
  );
  console.log(`Git host at ${hub.gitUrl}`);
  console.log(`Argo CD at ${hub.argocdUrl}`);
  if (hub.controlUrl) console.log(`Faults at ${hub.controlUrl}`);

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
