import type { GitHostState } from '../github/host/GitHost';
import { icon } from './icons';
import { documentPage, topBar } from './layout';
import { markup } from './markup';

/** All repositories of the host, or of one owner. */
export function homePage(
  host: GitHostState,
  { owner }: { owner?: string },
): string {
  const shown = host.repositories.filter(
    repository =>
      !owner || repository.owner.toLowerCase() === owner.toLowerCase(),
  );
  return documentPage({
    title: owner ?? 'Repositories',
    header: topBar({
      crumbs: owner ? [{ text: owner, href: `/${owner}` }] : [],
      visitor: host.visitor,
    }),
    main: markup`<div class="wide narrow"><h1>Repositories</h1>${
      shown.length === 0
        ? markup`<p class="card empty">${owner} has no repositories here.</p>`
        : markup`<ul class="card rows">${shown.map(
            repository =>
              markup`<li class="row">${icon(
                'branch',
              )}<div class="grow"><a class="title" href="/${
                repository.fullName
              }">${repository.fullName}</a>${
                repository.description &&
                markup`<div class="sub">${repository.description}</div>`
              }</div></li>`,
          )}</ul>`
    }</div>`,
  });
}
