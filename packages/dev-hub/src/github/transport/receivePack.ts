/** One ref that a push wants to move. */
export interface PushCommand {
  before: string;
  after: string;
  ref: string;
}

/**
 * Reads the commands at the start of a `git-receive-pack` request.
 *
 * Source: git documentation, gitprotocol-pack, "Reference Update Request and Packfile Transfer".
 */
export function parsePushCommands(body: Buffer): {
  commands: PushCommand[];
  capabilities: string[];
} {
  const commands: PushCommand[] = [];
  let capabilities: string[] = [];
  let position = 0;
  while (position + 4 <= body.length) {
    const length = parseInt(
      body.toString('latin1', position, position + 4),
      16,
    );
    if (!(length > 4) || position + length > body.length) {
      break;
    }
    const line = body.toString('utf8', position + 4, position + length);
    position += length;
    const [command, features] = line.replace(/\n$/, '').split('\0');
    capabilities = features ? features.trim().split(' ') : capabilities;
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/.exec(command);
    if (match) {
      commands.push({ before: match[1], after: match[2], ref: match[3] });
    }
  }
  return { commands, capabilities };
}

const packet = (content: string | Buffer) => {
  const bytes = Buffer.from(content);
  const length = (bytes.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(length), bytes]);
};

const FLUSH = Buffer.from('0000');

/** The answer that refuses every command of a push, with a message for the person at the terminal. */
export function refusePush(
  body: Buffer,
  reason: string,
  message: string,
): Buffer {
  const { commands, capabilities } = parsePushCommands(body);
  const report = Buffer.concat([
    packet('unpack ok\n'),
    ...commands.map(({ ref }) => packet(`ng ${ref} ${reason}\n`)),
    FLUSH,
  ]);
  if (!capabilities.includes('side-band-64k')) {
    return report;
  }
  return Buffer.concat([
    packet(Buffer.from(`\u0002${message}\n`)),
    packet(Buffer.concat([Buffer.from([1]), report])),
    FLUSH,
  ]);
}
