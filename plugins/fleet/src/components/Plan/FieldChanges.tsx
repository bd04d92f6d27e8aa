import { FieldChange, FileEdit } from '@backstage-fleet/plugin-fleet-common';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Plan.module.css';

/** What becomes of a field, or of a file that an Application is made from. */
export type FieldFate = 'becomes' | 'set' | 'removed' | 'added' | 'changes';

const FILE_FATES: Record<FileEdit['action'], FieldFate> = {
  create: 'added',
  update: 'changes',
  delete: 'removed',
};

/**
 * What happens to a field: with both values it becomes another, with one it is set or removed. Without values it is a file
 * that the Application is made from, and the edit of the same path says whether it comes, goes or changes.
 */
export function fateOf(field: FieldChange, edits: FileEdit[]): FieldFate {
  const { path, before, after } = field;
  if (before !== undefined && after !== undefined) {
    return 'becomes';
  }
  if (after !== undefined) {
    return 'set';
  }
  if (before !== undefined) {
    return 'removed';
  }
  const action = edits.find(edit => edit.path === path)?.action;
  return action === undefined ? 'changes' : FILE_FATES[action];
}

/** The fields of an Application that change, each with what happens to it. */
export function FieldChanges(props: {
  fields: FieldChange[];
  edits: FileEdit[];
}) {
  const { fields, edits } = props;
  const { t } = useFleetTranslation();
  return (
    <ul className={styles.fields}>
      {fields.map(field => {
        const { path, before, after } = field;
        const fate = fateOf(field, edits);
        return (
          <li key={path}>
            <code className={tokens.code}>{path}</code>{' '}
            {fate === 'becomes' ? (
              <>
                {before} → {after}
              </>
            ) : (
              <>
                <span className={tokens.muted}>{t(`plan.fields.${fate}`)}</span>{' '}
                {after ?? before}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
