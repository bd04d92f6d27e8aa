import { EntityFleetCard, EntityFleetContent } from './components/EntityFleet';
import { FleetRouter } from './components/FleetPage';
import { RoutedLinks } from './RoutedLinks';

export { HubHeaderAction } from './components/HubStatus';

/** The fleet's pages in the new frontend system. */
export function RoutedFleetPages() {
  return (
    <RoutedLinks>
      <FleetRouter />
    </RoutedLinks>
  );
}

/** The tab of an entity in the new frontend system. */
export function RoutedEntityContent() {
  return (
    <RoutedLinks>
      <EntityFleetContent />
    </RoutedLinks>
  );
}

/** The card of an entity in the new frontend system. */
export function RoutedEntityCard() {
  return (
    <RoutedLinks>
      <EntityFleetCard />
    </RoutedLinks>
  );
}
