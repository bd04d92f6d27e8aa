import { HubKind } from '@backstage-fleet/plugin-fleet-common';
import { StateLabel } from '../../states';
import { useFleetTranslation } from '../../useFleetTranslation';
import { STATUS_LOOKS } from './looks';
import styles from './HubsPage.module.css';

/** What the kinds are called; some stand for several of Kubernetes'. */
const WORDS: Record<
  string,
  | 'hubs.applicationKind'
  | 'hubs.applicationSetKind'
  | 'hubs.projects'
  | 'hubs.registrations'
  | 'hubs.claims'
  | 'hubs.claimParts'
  | 'hubs.definitions'
> = {
  Application: 'hubs.applicationKind',
  ApplicationSet: 'hubs.applicationSetKind',
  AppProject: 'hubs.projects',
  Cluster: 'hubs.registrations',
  Claim: 'hubs.claims',
  ClaimPart: 'hubs.claimParts',
  Definition: 'hubs.definitions',
};

/** Every kind that is read from a hub: whether it is current, and how many objects there are. */
export function KindTable(props: { kinds: HubKind[]; hub: string }) {
  const { kinds, hub } = props;
  const { t } = useFleetTranslation();
  return (
    <table className={styles.kinds} aria-label={t('hubs.kinds', { hub })}>
      <thead>
        <tr>
          <th scope="col">{t('hubs.kind')}</th>
          <th scope="col">{t('hubs.status')}</th>
          <th scope="col" className={styles.number}>
            {t('hubs.objects')}
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(kind => (
          <tr key={kind.kind}>
            <th scope="row">
              {WORDS[kind.kind] ? t(WORDS[kind.kind]) : kind.kind}
            </th>
            <td>
              <StateLabel state={STATUS_LOOKS[kind.status]}>
                <span className={styles.word}>
                  {t(`hub.status.${kind.status}`)}
                </span>
              </StateLabel>
            </td>
            <td className={styles.number}>{kind.objects}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
