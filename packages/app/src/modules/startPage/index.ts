export { startPageModule } from './startPageModule';
