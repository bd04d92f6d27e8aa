import {
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { RiStackLine } from '@remixicon/react';
import { ReactNode } from 'react';
import { Route, Routes } from 'react-router-dom';
import { ChangesRouter } from './components/ChangesPage';
import { ClustersRouter } from './components/ClustersPage';
import { useFleetLinks } from './components/common';
import {
  EntityFleetCard,
  EntityFleetClusterCard,
  EntityFleetContent,
} from './components/EntityFleet';
import { FleetRouter } from './components/FleetPage';
import { HubsPage } from './components/HubsPage';
import { RoutedLinks } from './RoutedLinks';
import { useTabTitles } from './useTabTitles';

export { HubHeaderAction } from './components/HubStatus';

/** A sub-page of the fleet page: ours, or one that an app attached. */
export interface FleetSubPage {
  path: string;
  title: string | undefined;
  element: ReactNode;
}

/** The fleet page in the new frontend system: the matrix and the pages of services, and the sub-pages beside it as tabs. */
export function RoutedFleetPages(props: { subPages: FleetSubPage[] }) {
  return (
    <RoutedLinks>
      <Tabbed subPages={props.subPages} />
    </RoutedLinks>
  );
}

function Tabbed(props: { subPages: FleetSubPage[] }) {
  const { subPages } = props;
  const titles = useTabTitles();
  const root = useFleetLinks().fleet ?? '';
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions('fleet');
  return (
    <PageLayout
      title={titles.fleet}
      icon={<RiStackLine />}
      titleLink={root}
      headerActions={headerActions}
      tabs={[
        { id: 'services', label: titles.services, href: root },
        ...subPages.map(({ path, title }) => ({
          id: path,
          label: titles.of(path, title),
          href: `${root}/${path}`,
        })),
      ]}
    >
      <Routes>
        {subPages.map(({ path, element }) => (
          <Route key={path} path={`${path}/*`} element={element} />
        ))}
        <Route path="*" element={<FleetRouter />} />
      </Routes>
    </PageLayout>
  );
}

/** The clusters in the new frontend system. */
export function RoutedClusters() {
  return (
    <RoutedLinks>
      <ClustersRouter />
    </RoutedLinks>
  );
}

/** The changes in the new frontend system. */
export function RoutedChanges() {
  return (
    <RoutedLinks>
      <ChangesRouter />
    </RoutedLinks>
  );
}

/** The hubs in the new frontend system. */
export function RoutedHubs() {
  return (
    <RoutedLinks>
      <HubsPage />
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

/** The card of a cluster's entity in the new frontend system. */
export function RoutedEntityClusterCard() {
  return (
    <RoutedLinks>
      <EntityFleetClusterCard />
    </RoutedLinks>
  );
}
