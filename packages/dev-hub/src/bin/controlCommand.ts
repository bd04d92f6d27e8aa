import type { ControlCommand } from './options';

interface HubState {
  name: string;
  faults: Array<{ kind?: string; code?: number }>;
}

/** Breaks or mends a hub that runs already; resolves to a line for each hub. */
export async function runControlCommand(
  command: ControlCommand,
): Promise<string> {
  const { url, act, hub } = command;
  const address = new URL('/__hub/faults', url);
  if (act === 'mend' && hub) address.searchParams.set('hub', hub);
  const response = await fetch(
    address,
    act === 'break'
      ? { method: 'POST', body: JSON.stringify({ hub, kind: command.kind }) }
      : { method: 'DELETE' },
  ).catch(() => {
    throw new Error(
      `Nothing answers at ${url}: start the hub with --control-port, or say --control URL.`,
    );
  });
  const body: { error?: string; hubs?: HubState[] } | undefined = await response
    .json()
    .catch(() => undefined);
  if (body?.error) throw new Error(body.error);
  if (!body?.hubs) {
    throw new Error(
      `What answers at ${url} is no control port: say --control URL.`,
    );
  }
  return body.hubs
    .map(({ name, faults }) => {
      const kinds = faults.map(({ code, kind }) => code ?? kind);
      return `${name}: ${kinds.join(', ') || 'well'}`;
    })
    .join('\n');
}
