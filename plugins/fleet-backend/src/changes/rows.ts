import type {
  ChangeState,
  TimelineEntry,
} from '@backstage-fleet/plugin-fleet-common';
import { namedClusters } from './namedClusters';
import type { ChangeRecord, ChangeStep, StageRecord } from './types';

/** A row of the table `changes`. */
export interface ChangeRow {
  id: string;
  repository: string;
  intent_key: string;
  service: string | null;
  kind: string | null;
  version: number;
  title: string;
  intent: string;
  mode: ChangeRecord['mode'];
  fallback: boolean | number;
  state: ChangeState;
  step: ChangeStep;
  requester: string | null;
  reason: string | null;
  overrides: string;
  plan: string;
  branch: string | null;
  commit: string | null;
  pull_request: string | null;
  error: string | null;
  adopted: boolean | number;
  stages: string | null;
  stage: number | null;
  paused: boolean | number;
  grown: string | null;
  approved: string | null;
  scope: string | null;
  created_at: string;
  updated_at: string;
}

/** A row of the table `change_timeline`; the database numbers it. */
export interface TimelineRow {
  sequence?: number;
  change_id: string;
  at: string;
  state: ChangeState;
  message: string;
  url: string | null;
  stage: number | null;
}

/** A row of the table `change_clusters`. */
export interface ClusterRow {
  change_id: string;
  cluster: string;
}

/** The columns of the fields that are given. */
export function toRow(record: Partial<ChangeRecord>): Partial<ChangeRow> {
  const row: Partial<ChangeRow> = {
    id: record.id,
    repository: record.repository,
    intent_key: record.intentKey,
    service: record.intent && serviceOf(record.intent),
    kind: record.intent?.kind,
    title: record.title,
    intent: json(record.intent),
    mode: record.mode,
    fallback: record.fallback,
    state: record.state,
    step: record.step,
    requester: record.requester,
    reason: record.reason,
    overrides: json(record.overrides),
    plan: json(record.plan),
    branch: record.branch,
    commit: json(record.commit),
    pull_request: json(record.pullRequest),
    error: record.error,
    adopted: record.adopted,
    stages: json(record.stages),
    stage: record.stage,
    paused: record.paused,
    grown: record.grown,
    approved: json(record.approved),
    scope: json(record.scope),
    created_at: record.createdAt?.toISOString(),
    updated_at: record.updatedAt?.toISOString(),
  };
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined),
  );
}

/** The record of a row. */
export function fromRow(row: ChangeRow): ChangeRecord {
  return {
    id: row.id,
    repository: row.repository,
    intentKey: row.intent_key,
    title: row.title,
    intent: JSON.parse(row.intent),
    mode: row.mode,
    fallback: Boolean(row.fallback),
    state: row.state,
    step: row.step,
    requester: row.requester ?? undefined,
    reason: row.reason ?? undefined,
    overrides: JSON.parse(row.overrides),
    plan: withDate(JSON.parse(row.plan), 'base'),
    branch: row.branch ?? undefined,
    commit: row.commit ? reviveDate(JSON.parse(row.commit)) : undefined,
    pullRequest: row.pull_request ? JSON.parse(row.pull_request) : undefined,
    error: row.error ?? undefined,
    adopted: Boolean(row.adopted),
    ...(row.stages && {
      stages: (JSON.parse(row.stages) as StageRecord[]).map(reviveStage),
      stage: row.stage ?? 0,
      paused: Boolean(row.paused),
    }),
    grown: row.grown || undefined,
    approved: row.approved ? JSON.parse(row.approved) : undefined,
    scope: row.scope ? JSON.parse(row.scope) : undefined,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

/** The service that an intent names. */
export function serviceOf(intent: ChangeRecord['intent']): string | null {
  return 'service' in intent.parameters ? intent.parameters.service : null;
}

/** Names of the clusters that a change names, or whose Applications its plans touch. */
export function clustersOf({
  intent,
  plan,
  stages = [],
}: Pick<Partial<ChangeRecord>, 'intent' | 'plan' | 'stages'>): string[] {
  const planned = [plan, ...stages.map(stage => stage.plan)].flatMap(
    each => each?.applications ?? [],
  );
  return [
    ...new Set([
      ...namedClusters(intent),
      ...planned.flatMap(application => application.cluster || []),
    ]),
  ];
}

/** The entry of a timeline's row. */
export function toTimelineEntry(row: TimelineRow): TimelineEntry {
  return {
    at: new Date(row.at),
    state: row.state,
    message: row.message,
    url: row.url ?? undefined,
    stage: row.stage ?? undefined,
  };
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function reviveDate<T extends { date?: unknown }>(commit: T): T {
  return typeof commit.date === 'string'
    ? { ...commit, date: new Date(commit.date) }
    : commit;
}

function reviveStage(stage: StageRecord): StageRecord {
  return {
    ...stage,
    ...(stage.plan && { plan: withDate(stage.plan, 'base') }),
    ...(stage.commit && { commit: reviveDate(stage.commit) }),
  };
}

function withDate<T extends Record<string, any>>(value: T, field: keyof T): T {
  return value[field] ? { ...value, [field]: reviveDate(value[field]) } : value;
}
