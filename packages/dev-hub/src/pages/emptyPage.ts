import { repositoryPage } from './layout';
import { markup } from './markup';
import type { PageContext } from './PageContext';

/** A repository without commits. */
export function emptyPage(context: PageContext): Promise<string> {
  const { repository } = context;
  return repositoryPage(context, {
    title: repository.name,
    tab: 'code',
    main: markup`<div class="wide"><div class="toolbar"><h1 class="inline">${
      repository.name
    }</h1>${
      repository.description &&
      markup`<span class="sub">${repository.description}</span>`
    }</div><p class="card empty">This repository is empty. The first branch that is pushed becomes its default branch.</p></div>`,
  });
}
