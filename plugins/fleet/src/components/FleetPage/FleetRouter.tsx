import { Route, Routes, useParams } from 'react-router-dom';
import { FleetPage } from './FleetPage';
import { ServicePage } from './ServicePage';

/** The fleet's pages: the matrix, and one page for each service. */
export function FleetRouter() {
  return (
    <Routes>
      <Route index element={<FleetPage />} />
      <Route path="services/:service" element={<ServiceRoute />} />
    </Routes>
  );
}

function ServiceRoute() {
  const { service = '' } = useParams();
  return <ServicePage key={service} service={service} />;
}
