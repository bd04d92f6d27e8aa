import {
  ClusterSummary,
  Explanation,
  HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import { ButtonIcon, Popover, Skeleton } from '@backstage/ui';
import { RiCloseLine, RiPushpinLine } from '@remixicon/react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useDeployments } from '../../live';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle, ErrorNote, ExternalLink } from '../common';
import { DeploymentDialog } from '../DeploymentActions';
import { AbsentDetails } from './AbsentDetails';
import styles from './CellPopover.module.css';
import { DeployedDetails } from './DeployedDetails';
import { OpenPages } from './OpenPages';
import { Origin } from './OriginPaths';

/** Fixed, because a height that follows the content makes the positioning observe itself. In pixels. */
const MAX_HEIGHT = 560;

/** Props of {@link CellPopover}. */
export interface CellPopoverProps {
  service: string;
  cluster: ClusterSummary;
  hub: HubFreshness | undefined;
  absent: boolean;
  /** The cell it belongs to. */
  element: HTMLElement;
  /** A pinned popover has the focus and stays; another one goes with the pointer. */
  pinned: boolean;
  onPin: () => void;
  onClose: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onEnable: (explanation: Explanation) => void;
  /** Asked for something that takes a dialog, which outlives the popover. */
  onAsk: (dialog: DeploymentDialog) => void;
}

/** What a cell has to say beyond its state. */
export function CellPopover(props: CellPopoverProps) {
  const { service, cluster, hub, absent, element, pinned } = props;
  const { t } = useFleetTranslation();
  const trigger = useMemo(() => ({ current: element }), [element]);
  // Decided once, towards the larger half: the content comes later and would not turn it round.
  const [placement] = useState(() =>
    element.getBoundingClientRect().bottom > window.innerHeight / 2
      ? ('top start' as const)
      : ('bottom start' as const),
  );
  const content = useRef<HTMLDivElement>(null);
  const heading = useId();
  useEffect(() => {
    if (pinned) {
      content.current?.focus({ preventScroll: true });
    }
  }, [pinned]);

  return (
    <Popover
      isOpen
      isNonModal
      hideArrow
      triggerRef={trigger}
      placement={placement}
      offset={4}
      maxHeight={MAX_HEIGHT}
      className={styles.popover}
      // Only Escape, the close button and the pointer's leaving close it.
      shouldCloseOnInteractOutside={() => false}
      onOpenChange={open => {
        if (!open && !pinned) {
          props.onClose();
        }
      }}
    >
      {/* Escape is heard from whatever inside has the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={content}
        role="dialog"
        aria-labelledby={heading}
        tabIndex={-1}
        className={classes(tokens.tokens, styles.content)}
        onPointerEnter={props.onPointerEnter}
        onPointerLeave={props.onPointerLeave}
        onKeyDown={event => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            props.onClose();
          }
        }}
      >
        <header className={styles.head}>
          <h2 id={heading} className={styles.title}>
            {t(absent ? 'explain.notOn' : 'cell.on', {
              service,
              cluster: clusterTitle(cluster, hub),
            })}
          </h2>
          {pinned ? (
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<RiCloseLine />}
              aria-label={t('details.close')}
              onPress={props.onClose}
            />
          ) : (
            <ButtonIcon
              size="small"
              variant="tertiary"
              icon={<RiPushpinLine />}
              aria-label={t('details.pin')}
              onPress={props.onPin}
            />
          )}
        </header>
        {absent ? (
          <AbsentDetails
            service={service}
            cluster={cluster}
            hub={hub}
            onEnable={props.onEnable}
          />
        ) : (
          <Deployed
            service={service}
            cluster={cluster}
            hub={hub}
            onAsk={props.onAsk}
          />
        )}
      </div>
    </Popover>
  );
}

function Deployed(props: {
  service: string;
  cluster: ClusterSummary;
  hub: HubFreshness | undefined;
  onAsk: (dialog: DeploymentDialog) => void;
}) {
  const { service, cluster, hub, onAsk } = props;
  const { t } = useFleetTranslation();
  const { value, error, loading, reload } = useDeployments(service);
  const deployments =
    value?.items.find(row => row.cluster.id === cluster.id)?.deployments ?? [];
  if (loading) {
    return (
      <section className={styles.part} aria-busy="true">
        <Skeleton width="100%" height={16} aria-label={t('details.loading')} />
        <Skeleton width="70%" height={16} />
      </section>
    );
  }
  return (
    <>
      {!value && (
        <section className={styles.part}>
          <ErrorNote
            title={t('service.failed', { service })}
            error={error}
            onRetry={reload}
          />
        </section>
      )}
      {deployments.map(deployment => (
        <DeployedDetails
          key={deployment.id}
          deployment={deployment}
          cluster={cluster}
          hub={hub}
          onAsk={onAsk}
        />
      ))}
      <section className={classes(styles.part, styles.actions)}>
        <span className={styles.links}>
          <OpenPages service={service} cluster={cluster} />
          {deployments.map(
            deployment =>
              deployment.argocdUrl && (
                <ExternalLink key={deployment.id} href={deployment.argocdUrl}>
                  {t('details.argocd')}
                </ExternalLink>
              ),
          )}
          {deployments.map(
            deployment =>
              deployment.synced?.commit?.url && (
                <ExternalLink
                  key={deployment.id}
                  href={deployment.synced.commit.url}
                >
                  {t('details.commit')}
                </ExternalLink>
              ),
          )}
        </span>
      </section>
      {deployments.length > 0 && (
        <section className={styles.part}>
          <Origin service={service} cluster={cluster.id} />
        </section>
      )}
    </>
  );
}
