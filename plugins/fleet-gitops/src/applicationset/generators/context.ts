import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { Params } from '../params';
import type { TextRenderer } from '../render/textRenderer';

/** What all generators of one ApplicationSet work with. */
export interface GeneratorContext {
  hub: HubSnapshot;
  goTemplate: boolean;
  texts: TextRenderer;
  /** Project of the ApplicationSet's own template, before rendering. */
  project: string;
  /** Whether the generator's spec was rendered with the parameters of a matrix's first generator. */
  interpolated: boolean;
  /** Whether nothing writes into the parameter sets, so that they may be shared. Combinations of generators do. */
  readOnly: boolean;
}

/** Computes the parameter sets of one generator from its decoded spec. */
export type GenerateParams = (spec: any, context: GeneratorContext) => Params[];
