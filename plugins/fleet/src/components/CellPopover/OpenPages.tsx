import { ClusterSummary } from '@backstage-fleet/plugin-fleet-common';
import { Link } from '@backstage/ui';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useFleetLinks } from '../common';

/** The ways from a cell to the pages of its service and its cluster. */
export function OpenPages(props: { service: string; cluster: ClusterSummary }) {
  const { service, cluster } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const pages = [
    { name: t('details.openService'), href: links.service(service) },
    { name: t('details.openCluster'), href: links.cluster(cluster.id) },
  ];
  return (
    <>
      {pages.map(
        ({ name, href }) =>
          href && (
            <Link key={name} href={href} variant="body-small">
              {name}
            </Link>
          ),
      )}
    </>
  );
}
