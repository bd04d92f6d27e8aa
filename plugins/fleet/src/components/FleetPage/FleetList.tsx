import { Link } from '@backstage/ui';
import { isAbsent, severity } from '../../matrix/cellView';
import { viewAt } from '../../matrix/filter';
import { FleetMatrix } from '../../matrix/matrix';
import { nameOfRef } from '../../matrix/names';
import { rollUp } from '../../matrix/rollup';
import { StateLabel } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle, RelativeTime, useFleetLinks } from '../common';
import styles from './FleetPage.module.css';

/** The services in one column, the worst first, for narrow screens: each with the clusters that are not well. */
export function FleetList(props: {
  matrix: FleetMatrix;
  services: number[];
  clusters: number[];
}) {
  const { matrix, services, clusters } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const items = services
    .map(at => {
      const cells = clusters.map(cluster => ({
        cluster: matrix.clusters[cluster],
        view: viewAt(matrix, at, cluster),
      }));
      return {
        service: matrix.services[at],
        summary: rollUp(cells.map(cell => cell.view)),
        // Where a hub is not heard, what was bad when it last was comes first.
        lastKnown: Math.min(
          ...cells.map(({ view }) =>
            severity(view.lastKnown ?? 'not-deployed'),
          ),
        ),
        deviating: cells
          .filter(({ view }) => !isAbsent(view) && view.state !== 'healthy')
          .sort((a, b) => severity(a.view.state) - severity(b.view.state)),
      };
    })
    .sort(
      (a, b) =>
        severity(a.summary.worst) - severity(b.summary.worst) ||
        a.lastKnown - b.lastKnown ||
        a.service.name.localeCompare(b.service.name),
    );
  return (
    <ul className={styles.list} aria-label={t('matrix.label')}>
      {items.map(({ service, summary, deviating }) => (
        <li key={service.name} className={styles.item}>
          <div className={styles.itemHead}>
            <Link href={links.service(service.name)} weight="bold" standalone>
              {service.name}
            </Link>
            <StateLabel state={summary.worst} filled />
          </div>
          <div className={tokens.muted}>
            {[
              service.owner && nameOfRef(service.owner),
              t('service.deployedOn', {
                number: String(summary.deployed),
                count: summary.total,
              }),
            ]
              .filter(Boolean)
              .join(', ')}
          </div>
          {deviating.length > 0 && (
            <ul className={styles.deviating}>
              {deviating.map(({ cluster, view }) => (
                <li key={cluster.id}>
                  <StateLabel state={view.state} />
                  <span>
                    {clusterTitle(
                      cluster,
                      matrix.hubs.find(hub => hub.id === cluster.hub),
                    )}
                  </span>
                  <span className={tokens.muted}>
                    {view.version}{' '}
                    {view.hatched && (
                      <RelativeTime time={view.observedAt} form="bare" />
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
