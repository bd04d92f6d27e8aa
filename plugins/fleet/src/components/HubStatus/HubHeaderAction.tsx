import { useHubs } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { HubChips } from './HubChips';

/** The hubs' freshness in the header of every fleet page. */
export function HubHeaderAction() {
  const { value, error, answeredAt } = useHubs();
  const hubs = value?.items.map(hub => hub.freshness) ?? [];
  return (
    <HubChips
      hubs={error === undefined ? hubs : unconfirmed(hubs, answeredAt)}
    />
  );
}
