import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface TimelineEvent {
  event: string;
  kind: string;
  name: string;
  changed: Record<string, any>;
}

/** What a real Argo CD wrote after something happened. */
export interface Timeline {
  title: string;
  events: TimelineEvent[];
}

/** Reads the recording from a folder. */
export function readTimelines(folder: string): Timeline[] {
  const file = join(folder, 'timeline.json.gz');
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')).timelines;
}

/** The state of an Application: `sync/health/phase`. */
export interface State {
  sync?: string;
  health?: string;
  phase?: string;
}

function show({ sync, health, phase }: State): string {
  return [sync || '-', health || '-', phase || '-'].join('/');
}

/** The states that an Application goes through in a timeline, beginning with `before`, each told once in a row. */
export function statesOf(
  { events }: Timeline,
  name: string,
  before?: State,
): string[] {
  let state: State = { ...before };
  const states = before ? [show(state)] : [];
  for (const { event, kind, changed, ...named } of events) {
    if (kind !== 'Application' || named.name !== name) continue;
    const { sync, health, phase } = { ...state, ...changed };
    state = { sync, health, phase };
    const shown = event === 'DELETED' ? 'deleted' : show(state);
    if (states[states.length - 1] !== shown) states.push(shown);
  }
  return states;
}

/**
 * States as two courses: what comparisons told, and the phases of operations. Which of the two is written first is chance
 * in a real Argo CD, and in a rollout it syncs an Application up to four times, since it decides on what it has cached.
 */
export function coursesOf(states: string[]): {
  compared: string[];
  phases: string[];
} {
  const compared: string[] = [];
  const phases: string[] = [];
  for (const state of states) {
    const [sync, health, phase] = state.split('/');
    const told = state === 'deleted' ? state : `${sync}/${health}`;
    if (compared[compared.length - 1] !== told) compared.push(told);
    if (phase && phase !== '-' && phases[phases.length - 1] !== phase) {
      phases.push(phase);
    }
    if (/(Running,Succeeded,){2}$/.test(`${phases.join()},`)) {
      phases.splice(-2);
    }
  }
  return { compared, phases };
}
