import {
  Button,
  MenuListBox,
  MenuListBoxItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiArrowDownSLine } from '@remixicon/react';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './FleetPage.module.css';

/** One criterion of the filter bar: its name, what is chosen, and the values to choose from. */
export function FilterMenu<T extends string>(props: {
  name: string;
  options: Array<{ value: T; label: string }>;
  chosen: T[];
  onChange: (chosen: T[]) => void;
}) {
  const { name, options, chosen, onChange } = props;
  const { t } = useFleetTranslation();
  if (options.length === 0) {
    return null;
  }
  const labels = options
    .filter(option => chosen.includes(option.value))
    .map(option => option.label);
  let summary: string = t('filter.all');
  if (labels.length === 1) {
    summary = labels[0];
  } else if (labels.length > 1) {
    summary = t('filter.chosen', {
      number: String(labels.length),
      total: String(options.length),
    });
  }
  return (
    <MenuTrigger>
      <Button
        variant="secondary"
        size="small"
        className={styles.filter}
        data-chosen={labels.length > 0 || undefined}
        iconEnd={<RiArrowDownSLine />}
      >
        <span className={styles.filterName}>{name}</span>
        <span className={styles.filterValue}>{summary}</span>
      </Button>
      <MenuListBox
        aria-label={name}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={keys =>
          onChange(
            keys === 'all'
              ? options.map(option => option.value)
              : options
                  .map(option => option.value)
                  .filter(value => keys.has(value)),
          )
        }
      >
        {options.map(option => (
          <MenuListBoxItem key={option.value} id={option.value}>
            {option.label}
          </MenuListBoxItem>
        ))}
      </MenuListBox>
    </MenuTrigger>
  );
}
