export { GoTemplateError } from './errors';
export {
  compileGoTemplate,
  renderGoTemplate,
  type CompiledGoTemplate,
  type RenderGoTemplateOptions,
} from './render';
