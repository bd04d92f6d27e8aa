import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { sweepYamlEdits } from '@backstage-fleet/plugin-fleet-gitops';
import { readSweptText } from '../io/editSweepFiles';
import { findConformanceFiles } from '../io/goldenCaseFiles';
import { SweepCount } from '../text/sweepCount';

/** A folder of public files that may lie beside the repository; they have licences of their own and are never copied. */
const corpus = resolve(__dirname, '../../../../../shared/corpus');
const isHere = existsSync(corpus);

/*
 * So that the test takes seconds; the command makes all edits. They are spread over a file, fewer in long ones, as each reads
 * the whole file.
 */
const EDITS_OF_A_FILE = 20;
const CHARACTERS_READ = 80_000;
const LONGEST_FILE = 30_000;

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
        if (text === undefined || text.length > LONGEST_FILE) continue;
        const count = isTemplated(text) ? templated : plain;
        const edits = Math.min(EDITS_OF_A_FILE, CHARACTERS_READ / text.length);
        const step = Math.max(1, Math.floor(countEdits(text) / edits));
        for (const edit of sweepYamlEdits(text, at => at % step === 0)) {
          count.add(edit);
          if (edit.outcome === 'wrong')
            wrong.push(`${file} ${edit.name}: ${edit.message}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(plain.passed).toBeGreaterThan(500);
      expect(plain.shareEdited('set')).toBeGreaterThanOrEqual(0.98);
    }, 180_000);
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
