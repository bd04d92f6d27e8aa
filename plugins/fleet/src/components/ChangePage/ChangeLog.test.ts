import { TimelineEntry } from '@backstage-fleet/plugin-fleet-common';
import { byStage } from './ChangeLog';

const entry = (message: string, stage?: number): TimelineEntry => ({
  at: new Date(0),
  state: 'merged',
  message,
  stage,
});

describe('byStage', () => {
  it('puts what belongs together under its stage, the newest first', () => {
    expect(
      byStage([
        entry('accepted'),
        entry('wave 1 written', 0),
        entry('wave 1 healthy', 0),
        entry('wave 2 written', 1),
      ]).map(({ stage, entries }) => [
        stage,
        ...entries.map(({ message }) => message),
      ]),
    ).toEqual([
      [1, 'wave 2 written'],
      [0, 'wave 1 healthy', 'wave 1 written'],
      [undefined, 'accepted'],
    ]);
  });

  it('keeps everything in one list where nothing names a stage', () => {
    expect(byStage([entry('a'), entry('b')])).toHaveLength(1);
    expect(byStage([])).toEqual([]);
  });
});
