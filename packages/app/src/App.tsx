import { createApp } from '@backstage/frontend-defaults';
import { fleetReviewModule } from './modules/fleetReview';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { startPageModule } from './modules/startPage';

// The fleet plugin and its form fields are found by `app.packages: all` in app-config.yaml.
export default createApp({
  features: [fleetReviewModule, navModule, signInModule, startPageModule],
});
