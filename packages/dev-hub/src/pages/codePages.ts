import { lastChanges } from '../git/history';
import type { GitCommit, TreeEntry } from '../git';
import { encodePath } from '../github/resources/Links';
import { icon } from './icons';
import { repositoryPage } from './layout';
import { renderMarkdown } from './markdown';
import { markup, type Markup } from './markup';
import { PageNotFound, shortName, type PageContext } from './PageContext';
import { avatar, shaLink, splitMessage } from './people';
import { timeElement } from './time';

interface Location {
  revision: string;
  sha: string;
  path: string;
  commit: GitCommit;
}

async function branchMenu(
  context: PageContext,
  { revision, path }: Location,
): Promise<Markup> {
  const refs = await context.git.listRefs('refs/heads/');
  const names = refs.map(shortName);
  const label = names.includes(revision) ? revision : revision.slice(0, 12);
  return markup`<details class="menu"><summary class="button">${icon(
    'branch',
  )}<span>${label}</span>${icon('chevron')}</summary><ul>${names.map(
    name =>
      markup`<li><a href="${context.url('tree', name, path)}"${
        name === revision && markup` aria-current="true"`
      }>${name}</a></li>`,
  )}</ul></details>`;
}

function pathCrumbs(context: PageContext, { revision, path }: Location) {
  const segments = path.split('/').filter(Boolean);
  return markup`<nav aria-label="Path"><h1 class="path-crumbs"><a href="${context.url(
    'tree',
    revision,
  )}">${context.repository.name}</a>${segments.map((segment, index) => {
    const target = segments.slice(0, index + 1).join('/');
    return markup`<span class="slash">/</span>${
      index === segments.length - 1
        ? markup`<b>${segment}</b>`
        : markup`<a href="${context.url(
            'tree',
            revision,
            target,
          )}">${segment}</a>`
    }`;
  })}</h1></nav>`;
}

function commitBar(context: PageContext, commit: GitCommit, history: string) {
  const [title] = splitMessage(commit.message);
  return markup`<div class="commit-bar">${avatar(commit.author.name)}<b>${
    commit.author.name
  }</b><a class="title" href="${context.url(
    'commit',
    commit.sha,
  )}">${title}</a><span class="space"></span>${shaLink(
    context,
    commit.sha,
  )}<span class="sub">${timeElement(
    commit.author.date,
    context.now,
  )}</span><a class="history" href="${history}">${icon(
    'commit',
  )}History</a></div>`;
}

function foldersFirst(left: TreeEntry, right: TreeEntry) {
  return (
    Number(right.type === 'tree') - Number(left.type === 'tree') ||
    (left.path < right.path ? -1 : 1)
  );
}

async function fileTable(
  context: PageContext,
  location: Location,
  entries: TreeEntry[],
): Promise<Markup> {
  const { revision, path, sha } = location;
  const changes = await lastChanges(context.git.directory, {
    from: sha,
    folder: path,
    names: entries.map(entry => entry.path),
  });
  const commits = new Map(
    await Promise.all(
      [...new Set(changes.values())].map(
        async id => [id, await context.git.readCommit(id)] as const,
      ),
    ),
  );
  const newest = commits.get([...changes.values()][0]) ?? location.commit;
  const history = context.url('commits', revision, path);
  const latest =
    [...commits.values()]
      .filter(commit => commit !== undefined)
      .sort((left, right) => +right.author.date - +left.author.date)[0] ??
    newest;
  return markup`<section class="card" aria-label="Files">${commitBar(
    context,
    latest,
    history,
  )}<table class="files"><thead class="hidden"><tr><th>Name</th><th>Last change</th><th>When</th></tr></thead><tbody>${[
    ...entries,
  ]
    .sort(foldersFirst)
    .map(entry => {
      const target = path ? `${path}/${entry.path}` : entry.path;
      const commit = commits.get(changes.get(entry.path) ?? '');
      const folder = entry.type === 'tree';
      return markup`<tr><td><div class="name ${
        folder ? 'folder' : 'file'
      }">${icon(folder ? 'folder' : 'file')}<a href="${context.url(
        folder ? 'tree' : 'blob',
        revision,
        target,
      )}">${entry.path}</a></div></td><td class="last">${
        commit &&
        markup`<a href="${context.url('commit', commit.sha)}">${
          splitMessage(commit.message)[0]
        }</a>`
      }</td><td class="when">${
        commit && timeElement(commit.author.date, context.now)
      }</td></tr>`;
    })}</tbody></table></section>`;
}

async function readme(
  context: PageContext,
  { revision, path, sha }: Location,
  entries: TreeEntry[],
): Promise<Markup | undefined> {
  const entry = entries.find(
    ({ type, path: name }) =>
      type === 'blob' && /^readme(\.md|\.txt)?$/i.test(name),
  );
  const target = entry && (path ? `${path}/${entry.path}` : entry.path);
  const file = target && (await context.git.readPath(sha, target));
  if (!entry || !file || file.type !== 'blob') {
    return undefined;
  }
  const folder = path ? `${encodePath(path)}/` : '';
  const text = file.content.toString('utf8');
  return markup`<section class="card" aria-label="${
    entry.path
  }"><div class="card-head">${icon('file')}${
    entry.path
  }</div><article class="markdown">${
    /\.md$/i.test(entry.path)
      ? renderMarkdown(text, {
          pages: `${context.url('blob', revision)}/${folder}`,
          raw: `${context.url('raw', revision)}/${folder}`,
        })
      : markup`<pre>${text}</pre>`
  }</article></section>`;
}

/** A folder: its files with their last change, and its README. */
export async function treePage(
  context: PageContext,
  target: string,
): Promise<string> {
  const location = await context.split(target);
  const found = await context.git.readPath(location.sha, location.path);
  if (found?.type === 'blob') {
    return blobPage(context, target);
  }
  if (!found) {
    throw missing(context, location);
  }
  const { repository } = context;
  const root = location.path === '';
  return repositoryPage(context, {
    title: root ? location.revision : location.path,
    tab: 'code',
    main: markup`<div class="wide"><div class="toolbar">${await branchMenu(
      context,
      location,
    )}${
      root
        ? markup`<h1 class="inline">${repository.name}</h1>${
            repository.description &&
            markup`<span class="sub">${repository.description}</span>`
          }`
        : pathCrumbs(context, location)
    }</div>${await fileTable(context, location, found.entries)}${await readme(
      context,
      location,
      found.entries,
    )}</div>`,
  });
}

/** A file with line numbers. */
export async function blobPage(
  context: PageContext,
  target: string,
): Promise<string> {
  const location = await context.split(target);
  const { revision, path, sha } = location;
  const found = await context.git.readPath(sha, path);
  if (found?.type === 'tree') {
    return treePage(context, target);
  }
  if (!found) {
    throw missing(context, location);
  }
  const binary = found.content.includes(0);
  const lines = found.content.toString('utf8').replace(/\n$/, '').split('\n');
  const [last] = await context.git.log({ from: sha, path, limit: 1 });
  const size =
    found.content.length < 1024
      ? `${found.content.length} bytes`
      : `${(found.content.length / 1024).toFixed(1)} KB`;
  return repositoryPage(context, {
    title: path,
    tab: 'code',
    main: markup`<div class="wide"><div class="toolbar">${await branchMenu(
      context,
      location,
    )}${pathCrumbs(
      context,
      location,
    )}</div><section class="card" aria-label="${path}">${
      last && commitBar(context, last, context.url('commits', revision, path))
    }<div class="card-head"><span class="sub">${
      binary ? 'Binary' : `${lines.length} lines`
    } · ${size}</span><span class="space"></span><a href="${context.url(
      'raw',
      revision,
      path,
    )}">Raw</a></div>${
      binary
        ? markup`<p class="empty">A binary file.</p>`
        : markup`<div class="scroll" tabindex="0" role="region" aria-label="Content"><table class="blob"><tbody>${lines.map(
            (line, index) =>
              markup`<tr id="L${index + 1}"><td class="number"><a href="#L${
                index + 1
              }">${index + 1}</a></td><td class="code">${line}</td></tr>`,
          )}</tbody></table></div>`
    }</section></div>`,
  });
}

function missing(context: PageContext, { path, revision }: Location) {
  return new PageNotFound(
    `There is no ${path} on ${revision} in ${context.repository.fullName}.`,
  );
}
