import { Route, Routes, useParams } from 'react-router-dom';
import { ChangePage } from '../ChangePage';
import { ChangesPage } from './ChangesPage';

/** The changes, and one page for each. */
export function ChangesRouter() {
  return (
    <Routes>
      <Route index element={<ChangesPage />} />
      <Route path=":id" element={<ChangeRoute />} />
    </Routes>
  );
}

function ChangeRoute() {
  const { id = '' } = useParams();
  return <ChangePage key={id} id={id} />;
}
