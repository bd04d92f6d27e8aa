import { Checkbox } from '@backstage/ui';
import { useFieldTranslation } from '../../useFieldTranslation';
import styles from '../fields.module.css';
import { Hindrance } from './choice';
import { ClusterOption } from './ClusterOption';
import { ClusterGroup } from './clusters';

/** The clusters of a region, to choose one by one or all that can be chosen at once. */
export function ClusterRegion(props: {
  group: ClusterGroup;
  service: string | undefined;
  single: boolean;
  withHub: boolean;
  chosen: string[];
  /** By the cluster's id. */
  hindranceOf: (id: string) => Hindrance | undefined;
  onChange: (names: string[], on: boolean) => void;
}) {
  const { group, single, chosen, onChange } = props;
  const { t } = useFieldTranslation();
  const names = group.clusters
    .filter(cluster => !props.hindranceOf(cluster.id))
    .map(cluster => cluster.name);
  const count = names.filter(name => chosen.includes(name)).length;
  const region = group.region || t('cluster.noRegion');
  return (
    <div role="group" aria-label={region} className={styles.region}>
      {single ? (
        <span className={styles.regionName}>{region}</span>
      ) : (
        <Checkbox
          isSelected={names.length > 0 && count === names.length}
          isIndeterminate={count > 0 && count < names.length}
          isDisabled={names.length === 0}
          onChange={on => onChange(names, on)}
        >
          <span className={styles.regionName}>{region}</span>
        </Checkbox>
      )}
      <div className={styles.clusters}>
        {group.clusters.map(cluster => (
          <ClusterOption
            key={cluster.id}
            cluster={cluster}
            service={props.service}
            hindrance={props.hindranceOf(cluster.id)}
            single={single}
            withHub={props.withHub}
            chosen={chosen.includes(cluster.name)}
            onChange={on => onChange([cluster.name], on)}
          />
        ))}
      </div>
    </div>
  );
}
