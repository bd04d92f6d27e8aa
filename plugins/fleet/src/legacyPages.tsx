import { PluginHeader } from '@backstage/ui';
import { RiStackLine } from '@remixicon/react';
import { Route, Routes } from 'react-router-dom';
import { ChangesRouter } from './components/ChangesPage';
import { ClustersRouter } from './components/ClustersPage';
import { useFleetLinks } from './components/common';
import { FleetRouter } from './components/FleetPage';
import { HubHeaderAction } from './components/HubStatus';
import { HubsPage } from './components/HubsPage';
import { useTabTitles } from './useTabTitles';

/** The fleet's pages below their header with its tabs, for apps on the previous frontend system. */
export function LegacyFleetPages() {
  const titles = useTabTitles();
  const { fleet, clusters, changes, hubs } = useFleetLinks();
  const tabs = [
    { id: 'services', label: titles.services, href: fleet },
    { id: 'clusters', label: titles.of('clusters'), href: clusters },
    { id: 'changes', label: titles.of('changes'), href: changes },
    { id: 'hubs', label: titles.of('hubs'), href: hubs },
  ];
  return (
    <>
      <PluginHeader
        title={titles.fleet}
        icon={<RiStackLine />}
        titleLink={fleet}
        customActions={<HubHeaderAction />}
        tabs={tabs.map(tab => ({
          ...tab,
          href: tab.href ?? '',
          matchStrategy: 'prefix' as const,
        }))}
      />
      <Routes>
        <Route path="clusters/*" element={<ClustersRouter />} />
        <Route path="changes/*" element={<ChangesRouter />} />
        <Route path="hubs" element={<HubsPage />} />
        <Route path="*" element={<FleetRouter />} />
      </Routes>
    </>
  );
}
