// `npm run <script>`: runs one of the project's tools with a fitting Node and Yarn, installing them and the dependencies first.
import { run } from './lib/run.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { ensureBuilt, ensureInstalled } from './lib/workspace.mjs';

/** `yarn run -B` takes the installed program, never the npm script of the same name that led here. */
const program = (...args) => ['run', '-B', ...args];

const TASKS = {
  clean: program('backstage-cli', 'repo', 'clean'),
  lint: program(
    'eslint',
    '--ext',
    '.ts,.tsx,.js,.mjs',
    '--max-warnings',
    '0',
    '.',
  ),
  tsc: program('tsc', '--noEmit', '--incremental', 'false'),
  jest: program('backstage-cli', 'repo', 'test', '--watchAll=false'),
  prettier: program('prettier', '--check', '.'),
  'generate:api': [
    'workspace',
    '@backstage-fleet/plugin-fleet-backend',
    'run',
    '-T',
    'backstage-repo-tools',
    'package',
    'schema',
    'openapi',
    'generate',
    '--server',
    '--client-package',
    'plugins/fleet-common',
  ],
};

const [task, ...rest] = process.argv.slice(2);
try {
  const toolchain = ensureToolchain();
  await ensureInstalled(toolchain);
  const { node, yarn, env } = toolchain;
  if (task === 'fleet') {
    const { commandLine } = await import('./lib/commandLine.mjs');
    process.exit(await run(node, commandLine(rest), { env }));
  }
  if (task === 'hub') {
    const { hubCommand } = await import('./lib/hub.mjs');
    process.exit(await run(node, hubCommand(rest), { env }));
  }
  if (task === 'bench') {
    const { benchmarkCommand, measuresPages } = await import(
      './lib/benchmarks.mjs'
    );
    if (measuresPages(rest)) await ensureBuilt(toolchain);
    const { args, env: own } = benchmarkCommand(rest, env);
    process.exit(await run(node, args, { env: own }));
  }
  if (task === 'build') {
    // The packages are built with the type declarations that the compiler leaves in dist-types.
    const declarations = await run(node, [yarn, ...program('tsc')], { env });
    process.exit(
      declarations ||
        (await run(
          node,
          [
            yarn,
            ...program('backstage-cli', 'repo', 'build', '--all'),
            ...rest,
          ],
          { env },
        )),
    );
  }
  if (task === 'e2e') {
    await ensureBuilt(toolchain);
    const { journeyCommand } = await import('./lib/journeys.mjs');
    const { args, env: own } = journeyCommand(toolchain);
    process.exit(await run(node, [...args, ...rest], { env: own }));
  }
  if (!TASKS[task]) {
    throw new Error(
      `There is no script "${task}": use one of ${Object.keys(TASKS)
        .concat('build', 'fleet', 'hub', 'bench', 'e2e')
        .join(', ')}.`,
    );
  }
  process.exit(await run(node, [yarn, ...TASKS[task], ...rest], { env }));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
