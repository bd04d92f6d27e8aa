import { remember } from '../helm/remember';
import type { Application } from '../model/argocd';
import { argoObjectsOf, mayDeclareArgoObjects } from './argoObjects';
import { parseManifests } from './manifests';

const MAX_TEXTS = 5000;

/**
 * The Applications in a text that a chart rendered, none where it is not valid YAML. The same objects for the same text:
 * read-only.
 */
export const applicationsIn = remember(MAX_TEXTS, (text): Application[] =>
  mayDeclareArgoObjects(text)
    ? argoObjectsOf(parseManifests('', text).objects).applications.map(
        ({ object }) => object,
      )
    : [],
);
