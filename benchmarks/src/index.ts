import { parseArgs } from 'node:util';

/**
 * Measures of speed and scale: `npm run -s bench -- engine`. Each area prints a line of JSON per measure. `--scale 0.1` makes
 * the measured fleets smaller, for a first look.
 */
interface Area {
  measure: () => void | Promise<void>;
}

/** Areas are loaded when they are asked for, so that none adds to the memory of another. */
const AREAS: Record<string, () => Promise<Area>> = {
  engine: () => load(import('./engine')),
  changes: () => load(import('./changes')),
  read: () => load(import('./read')),
  paint: () => load(import('./paint')),
};

/** The modules are CommonJS when they run, which Node hands to `import()` as a default export. */
async function load(imported: Promise<Area>): Promise<Area> {
  const module = (await imported) as Area & { default?: Area };
  return module.default ?? module;
}

async function main(names: string[]): Promise<void> {
  const unknown = names.filter(name => !Object.hasOwn(AREAS, name));
  if (unknown.length > 0) {
    throw new Error(
      `There are no benchmarks named ${unknown.join(', ')}: use ${Object.keys(
        AREAS,
      ).join(', ')}, or no name for all.`,
    );
  }
  for (const name of names.length > 0 ? names : Object.keys(AREAS))
    await (await AREAS[name]()).measure();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string' } },
});
if (values.scale) process.env.FLEET_BENCH_SCALE = values.scale;

main(positionals).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
