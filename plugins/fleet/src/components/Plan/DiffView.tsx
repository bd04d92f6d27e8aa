import { FileEdit } from '@backstage-fleet/plugin-fleet-common';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Plan.module.css';

/** The lines of a unified diff without its file and range headers. */
export function diffLines(
  diff: string,
): Array<{ kind: 'add' | 'remove' | 'same' | 'gap'; text: string }> {
  const lines: ReturnType<typeof diffLines> = [];
  let inHunk = false;
  for (const text of diff.replace(/\n$/, '').split('\n')) {
    if (text.startsWith('@@')) {
      if (inHunk) {
        lines.push({ kind: 'gap', text: '⋯' });
      }
      inHunk = true;
    } else if (inHunk && text.startsWith('+')) {
      lines.push({ kind: 'add', text });
    } else if (inHunk && text.startsWith('-')) {
      lines.push({ kind: 'remove', text });
    } else if (inHunk && !text.startsWith('\\')) {
      lines.push({ kind: 'same', text });
    }
  }
  return lines;
}

/** One file's edit: its path, how many lines change, and the lines. */
export function DiffView(props: { edit: FileEdit }) {
  const { edit } = props;
  const { t } = useFleetTranslation();
  const lines = diffLines(edit.diff);
  const count = lines.filter(
    line => line.kind === 'add' || line.kind === 'remove',
  ).length;
  return (
    <div>
      <div className={styles.file}>
        <span className={tokens.mono}>{edit.path}</span>
        <span className={styles.count}>{t('explain.lines', { count })}</span>
      </div>
      <pre className={styles.diff}>
        {lines.map((line, at) => (
          <span key={at} className={classes(styles.line, styles[line.kind])}>
            {line.text || ' '}
          </span>
        ))}
      </pre>
    </div>
  );
}
