import {
  Change,
  Intent,
  fleetChangeCreatePermission,
  fleetChangeOverridePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  ButtonLink,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { ReactNode, useState } from 'react';
import { fleetApiRef } from '../../api';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, PendingButton, useFleetLinks } from '../common';
import { ChangeView } from './ChangeView';
import { Overrides, stoppingGuards } from './GuardList';
import { ModeFields, WriteMode } from './ModeFields';
import styles from './Plan.module.css';
import { PlanPreview } from './PlanPreview';
import { Planned, usePlan } from './usePlan';
import { useRepositories } from './useRepositories';

/** Props of {@link ChangeDialog}. */
export interface ChangeDialogProps {
  title: string;
  /** What is asked for; `undefined` while the fields do not say enough yet. */
  intent: Intent | undefined;
  /** The plan of the intent, where it is computed already. */
  planned?: Planned;
  /** Fields that form the intent, above its plan. */
  children?: ReactNode;
  onClose: () => void;
}

/**
 * Shows what an intent would do, asks how to write it and why, writes it, and then follows the change. With fields, the
 * plan follows what they say.
 */
export function ChangeDialog(props: ChangeDialogProps) {
  const { title, intent, children, onClose } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const repositories = useRepositories();
  const own = usePlan(props.planned ? undefined : intent);
  const planned = props.planned ?? own;
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const override = usePermission({ permission: fleetChangeOverridePermission });
  const [mode, setMode] = useState<WriteMode>('pull-request');
  const [reason, setReason] = useState('');
  const [overrides, setOverrides] = useState<Overrides>({});
  const [writing, setWriting] = useState(false);
  const [error, setError] = useState<unknown>();
  const [change, setChange] = useState<Change>();

  const { plan } = planned;
  const writes = plan !== undefined && plan.evaluable && !plan.unchanged;
  const writable =
    writes &&
    !planned.loading &&
    permission.allowed &&
    stoppingGuards(plan.guards, overrides).length === 0;
  const branch = (
    intent?.repository === undefined && repositories.length === 1
      ? repositories[0]
      : repositories.find(each => each.id === intent?.repository)
  )?.branch;
  const commitTo = t('plan.commit', { branch: branch ?? t('plan.branch') });

  const write = async () => {
    if (!intent) {
      return;
    }
    const overridden = (plan?.guards ?? [])
      .filter(guard => guard.level === 'stop')
      .map(guard => ({ guard: guard.id, reason: overrides[guard.id].trim() }));
    setWriting(true);
    setError(undefined);
    try {
      setChange(
        await api.createChange({
          intent,
          mode,
          ...(reason.trim() && { reason: reason.trim() }),
          ...(overridden.length > 0 && { overrides: overridden }),
        }),
      );
    } catch (failure) {
      setError(failure);
      // What stopped it may be new: the branch can have moved since the plan was computed.
      planned.reload();
    } finally {
      setWriting(false);
    }
  };

  const changePage = change && links.change(change.id);
  return (
    <Dialog
      isOpen
      width="min(680px, calc(100vw - 32px))"
      onOpenChange={open => {
        if (!open) {
          onClose();
        }
      }}
    >
      <DialogHeader>{title}</DialogHeader>
      <DialogBody className={classes(tokens.tokens, styles.body)}>
        {change ? (
          <ChangeView change={change} />
        ) : (
          <>
            {children && <div className={styles.form}>{children}</div>}
            <PlanPreview
              planned={planned}
              incomplete={intent === undefined}
              overrides={overrides}
              onOverride={override.allowed ? setOverrides : undefined}
            />
            {writes && (
              <ModeFields
                mode={mode}
                commitTo={commitTo}
                reason={reason}
                onMode={setMode}
                onReason={setReason}
              />
            )}
            {!permission.loading && !permission.allowed && (
              <p className={styles.stop}>{t('explain.cannotEnable')}</p>
            )}
            {error !== undefined && (
              <ErrorNote title={t('change.notWritten')} error={error} />
            )}
          </>
        )}
      </DialogBody>
      <DialogFooter>
        {!change && (
          <PendingButton
            variant="primary"
            isDisabled={!writable}
            isPending={writing}
            onPress={write}
          >
            {mode === 'commit' ? commitTo : t('plan.confirmPullRequest')}
          </PendingButton>
        )}
        {changePage && (
          <ButtonLink
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the button that had the focus is gone
            autoFocus
            variant="primary"
            href={changePage}
          >
            {t('plan.openChange')}
          </ButtonLink>
        )}
        <Button
          key={String(change !== undefined)}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the same, where changes have no page
          autoFocus={change !== undefined && !changePage}
          variant="secondary"
          onPress={onClose}
        >
          {t(change ? 'plan.close' : 'plan.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
