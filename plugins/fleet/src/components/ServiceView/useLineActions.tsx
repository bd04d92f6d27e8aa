import { Explanation, Intent } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { ReactNode, useState } from 'react';
import { fleetApiRef } from '../../api';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CellPopover } from '../CellPopover';
import { clusterTitle } from '../common';
import { useDeploymentDialogs } from '../DeploymentActions/useDeploymentDialogs';
import { ChangeDialog } from '../Plan';
import { DeploymentLine } from './deploymentRows';
import { lineIsAbsent } from './LineParts';

/** What the buttons of a line do, and the popover and dialog they open. */
export interface LineActions {
  details: (line: DeploymentLine, element: HTMLElement) => void;
  enable: (line: DeploymentLine, element: HTMLElement) => void;
  overlays: ReactNode;
}

/** Details of a line, and enabling the service on its cluster. */
export function useLineActions(service: string): LineActions {
  const api = useApi(fleetApiRef);
  const { t } = useFleetTranslation();
  const [shown, setShown] = useState<{
    line: DeploymentLine;
    element: HTMLElement;
  }>();
  const dialogs = useDeploymentDialogs();
  const [change, setChange] = useState<{ title: string; intent: Intent }>();

  // A dialog that opens next gives the focus back to where it was.
  const close = () => {
    shown?.element.focus();
    setShown(undefined);
  };
  const plan = (line: DeploymentLine, explanation: Explanation) => {
    if (explanation.intent) {
      close();
      setChange({
        title: t('plan.title', {
          service,
          cluster: clusterTitle(line.cluster, line.hub),
        }),
        intent: explanation.intent,
      });
    }
  };
  const details = (line: DeploymentLine, element: HTMLElement) =>
    setShown({ line, element });
  const enable = async (line: DeploymentLine, element: HTMLElement) => {
    try {
      const explanation = await api.explain(service, line.cluster.id);
      if (explanation.intent) {
        plan(line, explanation);
        return;
      }
    } catch {
      // The popover asks again and shows the error.
    }
    details(line, element);
  };

  const overlays = (
    <>
      {shown && (
        <CellPopover
          key={shown.line.id}
          service={service}
          cluster={shown.line.cluster}
          hub={shown.line.hub}
          absent={lineIsAbsent(shown.line)}
          element={shown.element}
          pinned
          onPin={() => {}}
          onClose={close}
          onPointerEnter={() => {}}
          onPointerLeave={() => {}}
          onEnable={explanation => plan(shown.line, explanation)}
          onAsk={dialog => {
            close();
            dialogs.ask(dialog, service, shown.line.cluster);
          }}
        />
      )}
      {dialogs.dialog}
      {change && (
        <ChangeDialog {...change} onClose={() => setChange(undefined)} />
      )}
    </>
  );
  return { details, enable, overlays };
}
