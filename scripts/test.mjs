// `npm test`: types, formatting, lint, unit and integration tests, browser journeys. Ends with "N passed, N failed".
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { journeyCommand } from './lib/journeys.mjs';
import { buildDir } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { ensureBuilt, ensureInstalled } from './lib/workspace.mjs';

const seconds = since => `${Math.round((Date.now() - since) / 1000)} s`;

/** Counts of a Jest run from its JSON report; a run without a report is one failure. */
function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: report.numPassedTests,
      // A file that does not load has no tests to fail.
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
      skipped: report.numPendingTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function main() {
  const toolchain = ensureToolchain();
  await ensureInstalled(toolchain);
  const { node, yarn } = toolchain;
  const env = { ...toolchain.env, CI: 'true', FORCE_COLOR: '0' };
  mkdirSync(buildDir, { recursive: true });

  const totals = { passed: 0, failed: 0, skipped: 0 };
  const add = ({ passed, failed, skipped = 0 }) => {
    totals.passed += passed;
    totals.failed += failed;
    totals.skipped += skipped;
  };
  const step = async (name, work) => {
    const since = Date.now();
    console.log(`\n=== ${name}`);
    const counts = await work();
    add(counts);
    console.log(
      `=== ${name}: ${counts.failed ? 'failed' : 'passed'} (${seconds(since)})`,
    );
  };
  const tool = args => async () => {
    const code = await run(node, [yarn, 'run', '-B', ...args], { env });
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };
  const jest = (name, args, ownEnv = env) =>
    step(name, async () => {
      const report = join(buildDir, `${name.replaceAll(' ', '-')}.json`);
      rmSync(report, { force: true });
      const code = await run(
        node,
        [...args, '--json', `--outputFile=${report}`],
        { env: ownEnv },
      );
      const counts = readReport(report);
      // An exit code without a failed test (a crash, a threshold) is a failure too.
      return code !== 0 && counts.failed === 0
        ? { ...counts, failed: 1 }
        : counts;
    });

  await step('types', tool(['tsc', '--noEmit', '--incremental', 'false']));
  await step(
    'formatting',
    tool(['prettier', '--check', '--loglevel', 'warn', '.']),
  );
  await step(
    'lint',
    tool(['eslint', '--ext', '.ts,.tsx,.mjs', '--max-warnings', '0', '.']),
  );
  await jest('unit and integration tests', [
    yarn,
    'run',
    '-B',
    'backstage-cli',
    'repo',
    'test',
    '--watchAll=false',
    '--maxWorkers=2',
  ]);
  await step('build', async () => {
    await ensureBuilt(toolchain);
    return { passed: 1, failed: 0 };
  });
  try {
    const journeys = journeyCommand({ node, yarn, env });
    await jest('browser journeys', journeys.args, journeys.env);
  } catch (error) {
    // No browser: what has run still counts.
    console.error(`\n=== browser journeys: failed\n${error.message}`);
    add({ passed: 0, failed: 1 });
  }

  console.log('');
  console.log(
    `${totals.passed} passed, ${totals.failed} failed${
      totals.skipped ? `, ${totals.skipped} skipped` : ''
    }`,
  );
  process.exit(totals.failed === 0 ? 0 : 1);
}

main().catch(error => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
});
