/** States of cells and what stands beside them. */
export const statesMessages = {
  state: {
    healthy: 'Healthy',
    progressing: 'Progressing',
    degraded: 'Degraded',
    'out-of-sync': 'Out of sync',
    missing: 'Missing',
    suspended: 'Suspended',
    unknown: 'Unknown',
    stale: 'Stale',
    unreachable: 'Unreachable',
    'not-deployed': 'Not deployed',
    'not-evaluable': 'Not evaluable',
    'no-access': 'No access',
  },
  cell: {
    on: '{{service}} on {{cluster}}',
    lastKnown: 'last known {{state}}, {{age}} ago',
    lastKnownState: 'last known {{state}}',
    absentThen: 'not deployed {{age}} ago',
    neverSeen: 'nothing known yet',
    rollUp: '{{number}} of {{total}}',
  },
  skew: {
    behind_one: '{{count}} behind',
    behind_other: '{{count}} behind',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    shortDays: '{{days}} d',
  },
} as const;
