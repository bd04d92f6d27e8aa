/** Whether a change reaches its clusters at once or in waves. */
export const wavesMessages = {
  waves: {
    pace: 'Pace',
    once: 'All at once',
    byRegion: 'Region by region',
    oneByOne: 'One after the other',
    own: 'In waves of your own',
    order: 'Order of the regions',
    earlier: 'Move {{region}} up',
    later: 'Move {{region}} down',
    moved: '{{region}} is {{place}} of {{total}}',
    clusters: 'Wave of each cluster',
    waveOf: 'Wave of {{cluster}}',
    wave: 'Wave {{number}}',
    oneWave: 'All are in one wave, so they change at once.',
    upgradeHint:
      'The next follows when those before run the version and are healthy.',
    promoteHint: 'The next follows when those before are healthy.',
  },
} as const;
