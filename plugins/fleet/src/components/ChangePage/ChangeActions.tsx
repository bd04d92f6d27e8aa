import {
  Change,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { RefObject, useState, useRef } from 'react';
import { ChangeAction, fleetApiRef } from '../../api';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, PendingButton } from '../common';
import parts from '../PageParts/PageParts.module.css';
import { hasEnded } from './changeLooks';
import styles from './ChangePage.module.css';
import { useFocusHandOver } from './useFocusHandOver';

/** Pause, resume and stop, for who may change the fleet; nothing once the change has ended. */
export function ChangeActions(props: {
  change: Change;
  /** Gets the focus when the buttons go while they have it. */
  heir: RefObject<HTMLElement>;
  onChanged: () => void;
}) {
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  return permission.allowed && !hasEnded(props.change) ? (
    <OpenActions {...props} />
  ) : null;
}

function OpenActions(props: Parameters<typeof ChangeActions>[0]) {
  const { change, heir, onChanged } = props;
  const { t } = useFleetTranslation();
  const api = useApi(fleetApiRef);
  const group = useRef<HTMLDivElement>(null);
  const [acting, setActing] = useState<ChangeAction>();
  const [stopping, setStopping] = useState(false);
  const [error, setError] = useState<unknown>();
  const focus = useFocusHandOver(group, heir);

  const act = async (action: ChangeAction) => {
    setActing(action);
    setError(undefined);
    try {
      await api.actOnChange(change.id, action);
    } catch (failure) {
      setError(failure);
    } finally {
      setActing(undefined);
      setStopping(false);
      onChanged();
    }
  };
  const ask = (open: boolean) => {
    // The dialog would give the focus back to a button that may be gone by then.
    focus.away = open;
    setStopping(open);
  };
  const hasNext =
    change.stages !== undefined &&
    (change.stage ?? 0) < change.stages.length - 1;
  const toggle: ChangeAction = change.paused ? 'resume' : 'pause';
  return (
    <>
      <div
        ref={group}
        role="group"
        aria-label={t('changePage.actions')}
        className={parts.actions}
      >
        {hasNext && (
          <PendingButton
            size="small"
            variant={change.paused ? 'primary' : 'secondary'}
            isDisabled={acting === 'stop'}
            isPending={acting === 'pause' || acting === 'resume'}
            onPress={() => act(toggle)}
          >
            {t(`changePage.${toggle}`)}
          </PendingButton>
        )}
        <Button
          size="small"
          variant="secondary"
          isDisabled={acting !== undefined}
          onPress={() => ask(true)}
        >
          {t('changePage.stop')}
        </Button>
      </div>
      {error !== undefined && (
        <div className={styles.actionError}>
          <ErrorNote title={t('changePage.acted')} error={error} />
        </div>
      )}
      {stopping && (
        <StopDialog
          change={change}
          pending={acting === 'stop'}
          onStop={() => act('stop')}
          onClose={() => ask(false)}
        />
      )}
    </>
  );
}

function StopDialog(props: {
  change: Change;
  pending: boolean;
  onStop: () => void;
  onClose: () => void;
}) {
  const { change, pending, onStop, onClose } = props;
  const { t } = useFleetTranslation();
  return (
    <Dialog
      isOpen
      width="min(480px, calc(100vw - 32px))"
      onOpenChange={open => {
        if (!open) {
          onClose();
        }
      }}
    >
      <DialogHeader>{t('changePage.stopTitle')}</DialogHeader>
      <DialogBody className={classes(tokens.tokens)}>
        <p>{t('changePage.stopText')}</p>
        {change.pullRequest?.state === 'open' && (
          <p>
            {t('changePage.stopPullRequest', {
              number: String(change.pullRequest.number),
            })}
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <PendingButton
          variant="primary"
          destructive
          isPending={pending}
          onPress={onStop}
        >
          {t('changePage.stopConfirm')}
        </PendingButton>
        <Button variant="secondary" onPress={onClose}>
          {t('changePage.stopCancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
