import { errorSentence } from '../../api';

/** `parameters.clusters[0]: ` */
const PARAMETER = /^parameters(\.\w+|\[\d+\])*: +/;

/**
 * Why there is no plan, for who filled in a form: without the name that the API has for the parameter, which nobody who
 * looks at the form has heard of.
 *
 * @public
 */
export function planProblem(error: unknown): string {
  const sentence = errorSentence(error).replace(PARAMETER, '');
  return sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
}
