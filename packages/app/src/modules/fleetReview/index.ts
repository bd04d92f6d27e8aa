export { fleetReviewModule } from './fleetReviewModule';
