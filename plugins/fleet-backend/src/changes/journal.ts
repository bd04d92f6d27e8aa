import type { TimelineEntry } from '@backstage-fleet/plugin-fleet-common';
import type { ChangeFilter, ChangePage } from './changeQuery';
import type { ChangePatch, ChangeRecord } from './types';

/** An entry of a change's timeline; the journal adds the time, and the stage that the change was in. */
export type NewTimelineEntry = Omit<TimelineEntry, 'at' | 'stage'>;

/** What a change is judged by, for whether somebody may see it. */
export type ConcernedChange = Pick<ChangeRecord, 'intent' | 'scope'>;

/** A change without what is big in it: enough to say whether somebody has its latest form. */
export interface ChangeHead extends ConcernedChange {
  /** Counts what was written to it. */
  version: number;
}

/** Which changes are meant. */
export interface ChangeSelection extends ChangeFilter {
  /** Those that somebody may see. Default: all. */
  visible?(change: ConcernedChange): boolean;
}

/** A change with what happened to it, oldest first. */
export interface JournaledChange extends ChangeRecord {
  timeline: TimelineEntry[];
}

/** Keeps changes in flight, so that a process that ends in the middle of one loses nothing. */
export interface ChangeJournal {
  insert(record: ChangeRecord, entry: NewTimelineEntry): Promise<void>;
  /** Writes fields and, where given, an entry of the timeline, in one transaction. */
  update(
    id: string,
    patch: ChangePatch,
    entry?: NewTimelineEntry,
  ): Promise<void>;
  /** As {@link ChangeJournal.update}, but only while the change is in this state. False where it was not. */
  advance(
    id: string,
    from: ChangeRecord['state'],
    patch: ChangePatch,
    entry: NewTimelineEntry,
  ): Promise<boolean>;
  get(id: string): Promise<JournaledChange | undefined>;
  head(id: string): Promise<ChangeHead | undefined>;
  /** A part of the changes that are meant, the newest first unless `order` says otherwise. */
  list(
    options: ChangeSelection &
      Partial<Pick<ChangePage, 'order' | 'after'>> & { limit: number },
  ): Promise<JournaledChange[]>;
  /** How many changes are meant. */
  count(options: ChangeSelection): Promise<number>;
  /** The open pull request of an equal request, if there is one. */
  findProposed(
    repository: string,
    intentKey: string,
  ): Promise<ChangeRecord | undefined>;
  /** Changes that are written and not yet at their end. */
  following(): Promise<ChangeRecord[]>;
  /**
   * Takes over the changes whose writing stopped: nobody touched them since the given time. Of several replicas one
   * gets each.
   */
  claimAbandoned(before: Date): Promise<ChangeRecord[]>;
}
