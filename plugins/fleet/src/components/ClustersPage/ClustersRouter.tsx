import { Route, Routes, useParams } from 'react-router-dom';
import { ClusterPage } from '../ClusterPage';
import { ClustersPage } from './ClustersPage';

/** The clusters, and one page for each. */
export function ClustersRouter() {
  return (
    <Routes>
      <Route index element={<ClustersPage />} />
      <Route path=":hub/:cluster" element={<ClusterRoute />} />
    </Routes>
  );
}

function ClusterRoute() {
  const { hub = '', cluster = '' } = useParams();
  return <ClusterPage key={`${hub}/${cluster}`} hub={hub} name={cluster} />;
}
