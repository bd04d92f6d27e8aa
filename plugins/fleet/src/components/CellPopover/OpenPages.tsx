import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { ButtonLink } from '@backstage/ui';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useFleetLinks } from '../common';

/** The ways from a cell to the pages of its service and its cluster. */
export function OpenPages(props: { service: string; cluster: Cluster }) {
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
            <ButtonLink key={name} size="small" variant="secondary" href={href}>
              {name}
            </ButtonLink>
          ),
      )}
    </>
  );
}
