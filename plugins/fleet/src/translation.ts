import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { changesMessages } from './messages/changes';
import { clustersMessages } from './messages/clusters';
import { detailsMessages } from './messages/details';
import { fleetPageMessages } from './messages/fleetPage';
import { hubsMessages } from './messages/hubs';
import { planMessages } from './messages/plan';
import { serviceMessages } from './messages/service';
import { statesMessages } from './messages/states';
import { wavesMessages } from './messages/waves';

/**
 * The texts of the fleet pages.
 *
 * @public
 */
export const fleetTranslationRef = createTranslationRef({
  id: 'plugin.fleet',
  messages: {
    ...statesMessages,
    ...fleetPageMessages,
    ...hubsMessages,
    ...detailsMessages,
    ...planMessages,
    ...serviceMessages,
    ...changesMessages,
    ...clustersMessages,
    ...wavesMessages,
  },
});
