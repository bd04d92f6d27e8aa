import { Button, ButtonIcon, TextField } from '@backstage/ui';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { useRef, useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import type { ActionFieldsProps } from './ClusterActionDialog';
import styles from './ActionFields.module.css';
import {
  editableLabels,
  labelChanges,
  LabelRow,
  problemOf,
} from './labelEdits';

/** The labels of a cluster as rows to change, add to and remove from. */
export function LabelFields(props: ActionFieldsProps) {
  return <MetadataFields {...props} of="labels" />;
}

/** The annotations of a cluster as rows to change, add to and remove from. */
export function AnnotationFields(props: ActionFieldsProps) {
  return <MetadataFields {...props} of="annotations" />;
}

function MetadataFields(
  props: ActionFieldsProps & { of: 'labels' | 'annotations' },
) {
  const { cluster, of, onChange } = props;
  const { t } = useFleetTranslation();
  // What is edited is what was there when the dialog opened, whatever the hub says meanwhile.
  const [before] = useState(cluster[of]);
  const [rows, setRows] = useState<LabelRow[]>(() =>
    editableLabels(before).map(([key, value], id) => ({ id, key, value })),
  );
  const next = useRef(rows.length);
  const [added, setAdded] = useState<number>();
  const addButton = useRef<HTMLButtonElement>(null);
  const problem = problemOf(rows, of);

  const edit = (changed: LabelRow[]) => {
    setRows(changed);
    const changes = labelChanges(before, changed);
    onChange(
      problemOf(changed, of) || Object.keys(changes).length === 0
        ? undefined
        : { cluster: cluster.name, [of]: changes },
    );
  };
  const set = (id: number, part: Partial<LabelRow>) =>
    edit(rows.map(row => (row.id === id ? { ...row, ...part } : row)));
  const add = () => {
    edit([...rows, { id: next.current, key: '', value: '' }]);
    setAdded(next.current);
    next.current += 1;
  };
  const remove = (id: number) => {
    edit(rows.filter(row => row.id !== id));
    // The button that had the focus is gone.
    addButton.current?.focus();
  };
  return (
    <>
      <p className={tokens.muted}>{t(`clusterAction.${of}Hint`)}</p>
      <ul className={styles.rows} aria-label={t(`clusterPage.${of}`)}>
        {rows.map((row, at) => {
          const name =
            row.key ||
            t(`clusterAction.keyOf.${of}`, { number: String(at + 1) });
          return (
            <li key={row.id} className={styles.row}>
              <TextField
                // eslint-disable-next-line jsx-a11y/no-autofocus -- somebody asked for this row
                autoFocus={row.id === added}
                size="small"
                aria-label={t(`clusterAction.keyOf.${of}`, {
                  number: String(at + 1),
                })}
                placeholder={t(`clusterAction.key.${of}`)}
                value={row.key}
                onChange={key => set(row.id, { key })}
              />
              <TextField
                size="small"
                aria-label={t('clusterAction.valueFor', { label: name })}
                placeholder={t('clusterAction.value')}
                value={row.value}
                onChange={value => set(row.id, { value })}
              />
              <ButtonIcon
                size="small"
                variant="tertiary"
                icon={<RiCloseLine />}
                aria-label={t('clusterAction.remove', { label: name })}
                onPress={() => remove(row.id)}
              />
            </li>
          );
        })}
      </ul>
      <div>
        <Button
          ref={addButton}
          size="small"
          variant="secondary"
          iconStart={<RiAddLine />}
          onPress={add}
        >
          {t(`clusterAction.add.${of}`)}
        </Button>
      </div>
      {problem && (
        <p role="alert" className={styles.problem}>
          <Sentence
            text={t(`clusterAction.${problem.problem}`, {
              label: problem.label,
            })}
          />
        </p>
      )}
    </>
  );
}
