import { ClaimPart } from '@backstage-fleet/plugin-fleet-common';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './ClusterPage.module.css';

/** The control plane and the node pools of a cluster: how many machines of how many are ready, and their version. */
export function ClaimParts(props: { parts: ClaimPart[] }) {
  const { t } = useFleetTranslation();
  return (
    <div className={styles.frame}>
      <table className={styles.parts} aria-label={t('clusterPage.machines')}>
        <thead>
          <tr>
            <th scope="col">{t('clusterPage.part')}</th>
            <th scope="col">{t('clusterPage.ready')}</th>
            <th scope="col">{t('clusterPage.upToDate')}</th>
            <th scope="col">{t('clusterPage.version')}</th>
          </tr>
        </thead>
        <tbody>
          {props.parts.map(part => (
            <tr key={`${part.kind} ${part.name}`}>
              <th scope="row">
                <span className={styles.stack}>
                  {part.name}
                  <span className={classes(tokens.muted, styles.small)}>
                    {t(`clusterPage.roles.${part.role}`)}, {part.kind}
                  </span>
                </span>
              </th>
              <td>{count(part.ready, part.desired)}</td>
              <td>{count(part.upToDate, part.desired)}</td>
              <td>{part.version ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A managed control plane has no machines of its own to count. */
function count(number: number | undefined, desired: number | undefined) {
  if (number === undefined || (number === 0 && desired === undefined)) {
    return '–';
  }
  return desired === undefined ? number : `${number} / ${desired}`;
}
