import { Change } from '@backstage-fleet/plugin-fleet-common';
import { Link } from '@backstage/ui';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { EntityLink, RelativeTime, useFleetLinks } from '../common';
import { Facts } from '../PageParts';
import { ChangedClusters } from './ChangedClusters';
import { serviceOfChange } from './changeLooks';
import { clustersOfChange } from './changePlaces';
import { GitLinks } from './GitLinks';

/** Who asked for a change, why, when, and where it is written. */
export function ChangeFacts(props: { change: Change }) {
  const { change } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const service = serviceOfChange(change);
  const clusters = clustersOfChange(change);
  const inGit = change.pullRequest || change.commit;
  return (
    <Facts
      facts={[
        [
          t('changePage.requester'),
          change.requester && <EntityLink entityRef={change.requester} />,
        ],
        [t('changePage.reason'), change.reason],
        [t('changePage.created'), <RelativeTime time={change.createdAt} />],
        [t('changePage.updated'), <RelativeTime time={change.updatedAt} />],
        [
          t('changePage.service'),
          service && (
            <Link href={links.service(service)} variant="body-small">
              {service}
            </Link>
          ),
        ],
        [
          t('changePage.clusters'),
          clusters.length > 0 && <ChangedClusters names={clusters} />,
        ],
        [t('changePage.repository'), change.repository],
        [
          t('changePage.branch'),
          change.branch && <span className={tokens.mono}>{change.branch}</span>,
        ],
        [t('details.git'), inGit && <GitLinks part={change} />],
      ]}
    />
  );
}
