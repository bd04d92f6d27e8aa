import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { sweepYamlEdits } from '@backstage-fleet/plugin-fleet-gitops';
import { readSweptText } from '../io/editSweepFiles';
import { findConformanceFiles } from '../io/goldenCaseFiles';
import { SweepCount } from '../text/sweepCount';

/** A folder of public files that may lie beside the repository; they have licences of their own and are never copied. */
const corpus = resolve(__dirname, '../../../../../shared/corpus');
const isHere = existsSync(corpus);

/** Edits of each file at most, spread over it, so that the test takes seconds; the command makes all. */
const EDITS_OF_A_FILE = 24;
const MAX_CHARACTERS = 40_000;

const scope = isHere ? describe : describe.skip;

scope(
  isHere
    ? 'edits of public YAML files'
    : 'edits of public YAML files: not tested, there is no folder ../shared/corpus beside the repository',
  () => {
    it('change their target alone or are refused, and nearly all scalars can be set', async () => {
      const { swept } = await findConformanceFiles([corpus]);
      expect(swept.length).toBeGreaterThan(100);
      const plain = new SweepCount();
      const templated = new SweepCount();
      const wrong: string[] = [];
      for (const file of swept) {
        const text = await readSweptText(file);
        if (text === undefined || text.length > MAX_CHARACTERS) continue;
        const count = isTemplated(text) ? templated : plain;
        const total = countEdits(text);
        const step = Math.max(1, Math.floor(total / EDITS_OF_A_FILE));
        for (const edit of sweepYamlEdits(text, at => at % step === 0)) {
          count.add(edit);
          if (edit.outcome === 'wrong')
            wrong.push(`${file} ${edit.name}: ${edit.message}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(plain.passed).toBeGreaterThan(1000);
      expect(plain.shareEdited('set')).toBeGreaterThanOrEqual(0.98);
    }, 60_000);
  },
);

function isTemplated(text: string): boolean {
  return /\{\{/.test(text);
}

/** How many edits a whole sweep would make. */
function countEdits(text: string): number {
  let total = 0;
  // Selecting none makes none.
  for (const _edit of sweepYamlEdits(text, () => {
    total++;
    return false;
  }));
  return total;
}
