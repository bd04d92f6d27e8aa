import { Link } from '@backstage/ui';
import { nameOfRef } from '../../matrix/names';
import { useFleetLinks } from './FleetLinks';

/** The name of an entity, leading to its page in the catalog where the app has one. */
export function EntityLink(props: { entityRef: string; children?: string }) {
  const { entityRef, children = nameOfRef(entityRef) } = props;
  const href = useFleetLinks().entity(entityRef);
  return href ? (
    <Link href={href} variant="body-small" title={entityRef}>
      {children}
    </Link>
  ) : (
    <span title={entityRef}>{children}</span>
  );
}
