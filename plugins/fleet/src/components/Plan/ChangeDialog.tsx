import {
  Change,
  Intent,
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
  Radio,
  RadioGroup,
  Skeleton,
  TextField,
} from '@backstage/ui';
import { useState } from 'react';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote } from '../common';
import { ChangeView } from './ChangeView';
import styles from './Plan.module.css';
import { PlanView } from './PlanView';

type Mode = 'commit' | 'pull-request';

/**
 * Shows what an intent would do, asks how to write it and why, writes it, and then follows the change.
 */
export function ChangeDialog(props: {
  title: string;
  intent: Intent;
  onClose: () => void;
}) {
  const { title, intent, onClose } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFleetTranslation();
  const planned = useLoaded(JSON.stringify(intent), () =>
    api.createPlan(intent),
  );
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const [mode, setMode] = useState<Mode>('pull-request');
  const [reason, setReason] = useState('');
  const [writing, setWriting] = useState(false);
  const [error, setError] = useState<unknown>();
  const [change, setChange] = useState<Change>();

  const plan = planned.value;
  const writable =
    plan !== undefined &&
    plan.evaluable &&
    !plan.unchanged &&
    permission.allowed &&
    plan.guards.every(guard => guard.level !== 'stop');

  const write = async () => {
    setWriting(true);
    setError(undefined);
    try {
      setChange(
        await api.createChange({
          intent,
          mode,
          ...(reason.trim() && { reason: reason.trim() }),
        }),
      );
    } catch (failure) {
      setError(failure);
    } finally {
      setWriting(false);
    }
  };

  return (
    <Dialog
      isOpen
      width="min(640px, calc(100vw - 32px))"
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
            {planned.loading && (
              <Skeleton
                width="100%"
                height={72}
                aria-label={t('plan.computing')}
              />
            )}
            {!plan && planned.error !== undefined && (
              <ErrorNote
                title={t('plan.failed')}
                error={planned.error}
                onRetry={planned.reload}
              />
            )}
            {plan && <PlanView plan={plan} />}
            {plan && !plan.unchanged && plan.evaluable && (
              <>
                <RadioGroup
                  label={t('plan.mode')}
                  value={mode}
                  onChange={value => setMode(value as Mode)}
                >
                  <Radio value="pull-request">{t('plan.pullRequest')}</Radio>
                  <Radio value="commit">
                    {t('plan.commit', { branch: t('plan.branch') })}
                  </Radio>
                </RadioGroup>
                <p className={styles.hint}>
                  {t(
                    mode === 'commit'
                      ? 'plan.commitHint'
                      : 'plan.pullRequestHint',
                  )}
                </p>
                <TextField
                  label={t('plan.reason')}
                  description={t('plan.reasonHint')}
                  value={reason}
                  onChange={setReason}
                />
              </>
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
          <Button
            variant="primary"
            isDisabled={!writable || writing}
            isPending={writing}
            onPress={write}
          >
            {t(
              mode === 'commit'
                ? 'plan.confirmCommit'
                : 'plan.confirmPullRequest',
            )}
          </Button>
        )}
        <Button variant="secondary" onPress={onClose}>
          {t(change ? 'plan.close' : 'plan.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
