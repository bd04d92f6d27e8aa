import { Select } from '@backstage/ui';
import styles from './ChangesPage.module.css';

/** Stands for all; nothing can be named so. */
const ALL = '*';

/** One name of many, or all. */
export function NameSelect(props: {
  label: string;
  /** Says that nothing is chosen. */
  any: string;
  names: string[];
  value: string | undefined;
  onChange: (name: string | undefined) => void;
}) {
  const { label, any, value, onChange } = props;
  const names = new Set(props.names);
  if (value) {
    names.add(value);
  }
  return (
    <div className={styles.select}>
      <Select
        size="small"
        searchable
        aria-label={label}
        options={[
          { id: ALL, label: any },
          ...[...names].sort().map(name => ({ id: name, label: name })),
        ]}
        selectedKey={value ?? ALL}
        onSelectionChange={key =>
          onChange(key === ALL || key === null ? undefined : String(key))
        }
      />
    </div>
  );
}
