import { diffView } from './diffView';
import { icon } from './icons';
import { repositoryPage } from './layout';
import { markup } from './markup';
import { PageNotFound, shortName, type PageContext } from './PageContext';
import { avatar, commitRow, shaLink, splitMessage } from './people';
import { timeElement } from './time';

const COMMITS_PER_PAGE = 40;

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** The commits of a branch, or of a file or folder on it, by day. */
export async function commitsPage(
  context: PageContext,
  target: string,
  page: number,
): Promise<string> {
  const { sha, path, revision } = await context.split(target);
  const commits = await context.git.log({
    from: sha,
    path: path || undefined,
    skip: (page - 1) * COMMITS_PER_PAGE,
    limit: COMMITS_PER_PAGE + 1,
  });
  const days = new Map<string, typeof commits>();
  for (const commit of commits.slice(0, COMMITS_PER_PAGE)) {
    const day = dayFormat.format(commit.author.date);
    days.set(day, [...(days.get(day) ?? []), commit]);
  }
  const address = context.url('commits', revision, path);
  return repositoryPage(context, {
    title: `Commits on ${revision}`,
    tab: 'commits',
    main: markup`<div class="wide narrow"><h1>Commits <span class="sub">on ${revision}${
      path && `, in ${path}`
    }</span></h1>${[...days].map(
      ([day, list]) =>
        markup`<h2 class="section">${day}</h2><ul class="card rows">${list.map(
          commit => commitRow(context, commit),
        )}</ul>`,
    )}<nav class="pager" aria-label="Pages">${
      page > 1 &&
      markup`<a class="button" rel="prev" href="${address}?page=${
        page - 1
      }">Newer</a>`
    }${
      commits.length > COMMITS_PER_PAGE &&
      markup`<a class="button" rel="next" href="${address}?page=${
        page + 1
      }">Older</a>`
    }</nav></div>`,
  });
}

/** One commit with its diff. */
export async function commitPage(
  context: PageContext,
  revision: string,
): Promise<string> {
  const { git } = context;
  const sha = await git.resolve(revision).catch(() => undefined);
  const commit = sha && (await git.readCommit(sha));
  if (!sha || !commit) {
    throw new PageNotFound(
      `There is no commit ${revision} in ${context.repository.fullName}.`,
    );
  }
  const [title, body] = splitMessage(commit.message);
  const files = await git.diff(commit.parents[0], sha);
  return repositoryPage(context, {
    title,
    tab: 'commits',
    main: markup`<div class="wide"><section class="card head"><div class="head-text"><h1>${title}</h1>${
      body && markup`<pre class="message-body">${body}</pre>`
    }</div><div class="commit-bar foot">${avatar(commit.author.name)}<b>${
      commit.author.name
    }</b><span class="sub">committed ${timeElement(
      commit.author.date,
      context.now,
    )}</span><span class="space"></span><span class="sub">${
      commit.parents.length === 1 ? 'parent' : 'parents'
    }</span>${commit.parents.map(parent =>
      shaLink(context, parent),
    )}<span class="sub">commit</span><code class="sha full">${sha}</code><a href="${context.url(
      'tree',
      sha,
    )}">Browse files</a></div></section>${diffView(context, files, {
      head: sha,
    })}</div>`,
  });
}

/** All branches, the default one first. */
export async function branchesPage(context: PageContext): Promise<string> {
  const { git, repository } = context;
  const pulls = await repository.pullRequests.list();
  const refs = await git.listRefs('refs/heads/');
  const main = await git.resolve('HEAD');
  const rows = refs
    .sort(
      (left, right) =>
        Number(shortName(right) === git.defaultBranch) -
        Number(shortName(left) === git.defaultBranch),
    )
    .map(async ref => {
      const name = shortName(ref);
      const commit = (await git.readCommit(ref.sha))!;
      const pull = pulls.find(record => record.head === name);
      const apart =
        main && name !== git.defaultBranch
          ? await git.divergence(main, ref.sha)
          : undefined;
      return markup`<li class="row">${icon(
        'branch',
      )}<div class="grow"><a class="title mono" href="${context.url(
        'tree',
        name,
      )}">${name}</a>${
        name === git.defaultBranch &&
        markup` <span class="badge">Default</span>`
      }${
        repository.protectedBranches.has(name) &&
        markup` <span class="badge">${icon('lock')}Protected</span>`
      }<div class="sub">${splitMessage(commit.message)[0]} · ${
        commit.author.name
      } ${timeElement(commit.author.date, context.now)}</div></div>${
        apart &&
        markup`<span class="sub">${apart.left} behind, ${apart.right} ahead</span>`
      }${
        pull &&
        markup`<a href="${context.url('pull', String(pull.number))}">#${
          pull.number
        }</a>`
      }</li>`;
    });
  return repositoryPage(context, {
    title: 'Branches',
    tab: 'branches',
    main: markup`<div class="wide narrow"><h1>Branches</h1><ul class="card rows">${await Promise.all(
      rows,
    )}</ul></div>`,
  });
}

/** What a branch or commit has that another has not. */
export async function comparePage(
  context: PageContext,
  range: string,
): Promise<string> {
  const { git } = context;
  const [base = '', head = ''] = range.split('...');
  const [baseSha, headSha] = await Promise.all(
    [base, head].map(name => git.resolve(name).catch(() => undefined)),
  );
  if (!base || !head || !baseSha || !headSha) {
    throw new PageNotFound(
      `${range} does not name two branches or commits of ${context.repository.fullName}.`,
    );
  }
  const commits = await git.log({
    from: headSha,
    notFrom: baseSha,
    oldestFirst: true,
  });
  const files = await git.diff(await git.mergeBase(baseSha, headSha), headSha);
  return repositoryPage(context, {
    title: `${base}...${head}`,
    tab: 'commits',
    main: markup`<div class="wide"><h1>Changes <span class="sub">from <code>${base}</code> to <code>${head}</code></span></h1>${
      commits.length === 0
        ? markup`<p class="card empty">${head} has nothing that ${base} has not.</p>`
        : markup`<ul class="card rows">${commits.map(commit =>
            commitRow(context, commit),
          )}</ul>${diffView(context, files, { head: headSha })}`
    }</div>`,
  });
}
