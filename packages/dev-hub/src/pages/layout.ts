import type { PageContext } from './PageContext';
import { avatar } from './people';
import { icon, type IconName } from './icons';
import { markup, type Markup } from './markup';

export type Tab = 'code' | 'commits' | 'branches' | 'pulls';

/** A whole document. */
export function documentPage(options: {
  title: string;
  header: Markup;
  main: Markup;
}): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${options.title}</title>
<link rel="icon" href="/-/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/-/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${options.header}
<main id="main">${options.main}</main>
</body>
</html>
`.toString();
}

/** The bar on top: where one is, and as whom. */
export function topBar(options: {
  crumbs: Array<{ text: string; href: string }>;
  visitor: { name: string; login: string };
  tabs?: Markup;
}): Markup {
  const { crumbs, visitor } = options;
  return markup`<header class="top"><div class="wide">
<div class="bar">
<a class="brand" href="/" aria-label="All repositories">${icon('branch')}</a>
<nav aria-label="Breadcrumb"><ol class="crumbs">${crumbs.map(
    ({ text, href }, index) =>
      markup`<li><a href="${href}"${
        index === crumbs.length - 1 ? markup` aria-current="location"` : ''
      }>${text}</a></li>`,
  )}</ol></nav>
<span class="space"></span>
<span class="visitor">${avatar(visitor.name)}<span>${visitor.name}</span></span>
</div>
${options.tabs}
</div></header>`;
}

/** A page of a repository, with its tabs. */
export async function repositoryPage(
  context: PageContext,
  options: { title: string; tab: Tab; main: Markup },
): Promise<string> {
  const { repository, host } = context;
  const open = (await repository.pullRequests.list()).filter(
    record => record.state === 'open',
  ).length;
  const tab = (name: Tab, text: string, image: IconName, href: string) =>
    markup`<a href="${href}"${
      name === options.tab ? markup` aria-current="page"` : ''
    }>${icon(image)}${text}${
      name === 'pulls' && open > 0
        ? markup`<span class="count">${open}</span>`
        : ''
    }</a>`;
  const branch = context.git.defaultBranch;
  return documentPage({
    title: `${options.title} · ${repository.fullName}`,
    header: topBar({
      crumbs: [
        { text: repository.owner, href: `/${repository.owner}` },
        { text: repository.name, href: context.base },
      ],
      visitor: host.visitor,
      tabs: markup`<nav class="tabs" aria-label="Repository">${tab(
        'code',
        'Code',
        'file',
        context.base,
      )}${tab(
        'commits',
        'Commits',
        'commit',
        context.url('commits', branch),
      )}${tab('branches', 'Branches', 'branch', context.url('branches'))}${tab(
        'pulls',
        'Pull requests',
        'pull',
        context.url('pulls'),
      )}</nav>`,
    }),
    main: options.main,
  });
}

/** A page that says what went wrong and where to go on. */
export function messagePage(options: {
  title: string;
  text: string;
  href: string;
  link: string;
  visitor: { name: string; login: string };
}): string {
  return documentPage({
    title: options.title,
    header: topBar({ crumbs: [], visitor: options.visitor }),
    main: markup`<div class="wide"><section class="card message"><h1>${options.title}</h1><p>${options.text}</p><p><a class="button" href="${options.href}">${options.link}</a></p></section></div>`,
  });
}
