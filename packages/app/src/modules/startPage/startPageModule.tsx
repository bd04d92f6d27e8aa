import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';

// The portal opens on the fleet.
const startPage = PageBlueprint.make({
  name: 'start',
  params: {
    path: '/',
    loader: async () => {
      const { Navigate } = await import('react-router-dom');
      return <Navigate to="/fleet" replace />;
    },
  },
});

export const startPageModule = createFrontendModule({
  pluginId: 'app',
  extensions: [startPage],
});
