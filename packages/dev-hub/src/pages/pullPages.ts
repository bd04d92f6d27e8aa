import type { PullRequestRecord } from '../github/host/pullRequestFile';
import { diffView } from './diffView';
import { icon, type IconName } from './icons';
import { repositoryPage } from './layout';
import { renderMarkdown } from './markdown';
import { markup, type Markup } from './markup';
import { PageNotFound, type PageContext } from './PageContext';
import { avatar, commitRow, shaLink } from './people';
import { timeElement } from './time';

type State = 'Open' | 'Merged' | 'Closed';

const STATE_ICONS: Record<State, IconName> = {
  Open: 'pull',
  Merged: 'merge',
  Closed: 'closed',
};

function stateOf(record: PullRequestRecord): State {
  if (record.mergedAt) return 'Merged';
  return record.state === 'open' ? 'Open' : 'Closed';
}

function stateBadge(state: State): Markup {
  return markup`<span class="state ${state.toLowerCase()}">${icon(
    STATE_ICONS[state],
  )}${state}</span>`;
}

const branchLink = (context: PageContext, branch: string) =>
  markup`<a class="ref" href="${context.url('tree', branch)}">${branch}</a>`;

/** Open or closed pull requests, newest first. */
export async function pullsPage(
  context: PageContext,
  wanted: 'open' | 'closed',
): Promise<string> {
  const records = await context.repository.pullRequests.list();
  const count = (state: string) =>
    records.filter(record => record.state === state).length;
  const shown = records.filter(record => record.state === wanted);
  const filter = (state: 'open' | 'closed', word: string) =>
    markup`<a href="${context.url('pulls')}?state=${state}"${
      state === wanted && markup` aria-current="true"`
    }>${word} <span class="count">${count(state)}</span></a>`;
  return repositoryPage(context, {
    title: 'Pull requests',
    tab: 'pulls',
    main: markup`<div class="wide narrow"><h1>Pull requests</h1><nav class="filters" aria-label="State">${filter(
      'open',
      'Open',
    )}${filter('closed', 'Merged and closed')}</nav>${
      shown.length === 0
        ? markup`<p class="card empty">No ${
            wanted === 'open' ? 'open' : 'merged or closed'
          } pull requests.</p>`
        : markup`<ul class="card rows">${shown.map(record => {
            const state = stateOf(record);
            return markup`<li class="row"><span class="state-icon ${state.toLowerCase()}" title="${state}">${icon(
              STATE_ICONS[state],
            )}</span><div class="grow"><a class="title" href="${context.url(
              'pull',
              String(record.number),
            )}">${record.title}</a><div class="sub">#${record.number} ${
              state === 'Open' ? 'opened' : state.toLowerCase()
            } ${timeElement(
              record.mergedAt ?? record.closedAt ?? record.createdAt,
              context.now,
            )} by ${context.nameOf(
              record.mergedBy ?? record.login,
            )}</div></div>${branchLink(context, record.base)}</li>`;
          })}</ul>`
    }</div>`,
  });
}

function post(
  context: PageContext,
  record: PullRequestRecord,
  options: { name: string },
) {
  return context.url('pull', `${record.number}/${options.name}`);
}

async function mergeBox(
  context: PageContext,
  record: PullRequestRecord,
): Promise<Markup> {
  const state = stateOf(record);
  if (state === 'Merged') {
    return markup`<section class="card merge-box merged" aria-label="Merge">${icon(
      'merge',
    )}<div class="grow"><b>Merged</b><div class="sub">${context.nameOf(
      record.mergedBy ?? record.login,
    )} merged into ${branchLink(context, record.base)} as ${shaLink(
      context,
      record.mergeCommitSha ?? record.headSha,
    )} ${timeElement(record.mergedAt!, context.now)}</div></div></section>`;
  }
  if (state === 'Closed') {
    return markup`<section class="card merge-box closed" aria-label="Merge">${icon(
      'closed',
    )}<div class="grow"><b>Closed without merging</b><div class="sub">${timeElement(
      record.closedAt ?? record.updatedAt,
      context.now,
    )}. Nothing changed on ${branchLink(
      context,
      record.base,
    )}.</div></div></section>`;
  }
  const mergeable = await context.repository.pullRequests.mergeable(record);
  return markup`<section class="card merge-box ${
    mergeable ? 'ready' : 'conflict'
  }" aria-label="Merge">${icon(
    mergeable ? 'check' : 'warning',
  )}<div class="grow"><b>${
    mergeable
      ? 'No conflicts with the base branch'
      : 'Conflicts with the base branch'
  }</b><div class="sub">${
    mergeable
      ? markup`Merging makes one commit on ${branchLink(context, record.base)}.`
      : markup`${branchLink(
          context,
          record.base,
        )} changed the same lines. Update ${branchLink(
          context,
          record.head,
        )} first.`
  }</div></div><form method="post" action="${post(context, record, {
    name: 'close',
  })}"><button class="button" type="submit">Close pull request</button></form><form method="post" action="${post(
    context,
    record,
    { name: 'merge' },
  )}"><input type="hidden" name="sha" value="${
    record.headSha
  }"><button class="button primary" type="submit"${
    !mergeable && markup` disabled`
  }>${icon('merge')}Merge pull request</button></form></section>`;
}

function textCard(
  context: PageContext,
  text: { login: string; date: string; verb: string; body: string },
  id?: string,
): Markup {
  const files = {
    pages: `${context.url('blob', context.git.defaultBranch)}/`,
    raw: `${context.url('raw', context.git.defaultBranch)}/`,
  };
  return markup`<section class="card comment"${
    id && markup` id="${id}"`
  }><div class="card-head">${avatar(
    context.nameOf(text.login),
  )}<b>${context.nameOf(text.login)}</b><span class="sub">${
    text.verb
  } ${timeElement(
    text.date,
    context.now,
  )}</span></div><article class="markdown">${
    text.body.trim()
      ? renderMarkdown(text.body, files)
      : markup`<p class="sub">No description.</p>`
  }</article></section>`;
}

/** One pull request: what it is for, its commits, its diff, and the buttons to merge or close it. */
export async function pullPage(
  context: PageContext,
  number: number,
  notice?: string,
): Promise<string> {
  const { git, repository } = context;
  const record = await repository.pullRequests.get(number);
  if (!record) {
    throw new PageNotFound(
      `There is no pull request #${number} in ${repository.fullName}.`,
    );
  }
  const state = stateOf(record);
  const { baseSha, headSha } = record;
  const commits = await git.log({
    from: headSha,
    notFrom: baseSha,
    oldestFirst: true,
  });
  const files = await git.diff(await git.mergeBase(baseSha, headSha), headSha);
  const count = commits.length === 1 ? '1 commit' : `${commits.length} commits`;
  const who = context.nameOf(record.mergedBy ?? record.login);
  return repositoryPage(context, {
    title: `${record.title} · Pull request #${number}`,
    tab: 'pulls',
    main: markup`<div class="wide"><div class="pull-head"><h1>${
      record.title
    } <span class="number">#${number}</span></h1><div class="pull-line">${stateBadge(
      state,
    )}<span>${markup`<b>${who}</b>`} ${
      state === 'Merged' ? 'merged' : 'wants to merge'
    } ${count} into ${branchLink(context, record.base)} from ${
      state === 'Open'
        ? branchLink(context, record.head)
        : markup`<span class="ref">${record.head}</span>`
    }</span></div></div>${
      notice &&
      markup`<p class="notice" role="alert">${icon('warning')}${notice}</p>`
    }${textCard(context, {
      login: record.login,
      date: record.createdAt,
      verb: 'opened this',
      body: record.body,
    })}<ul class="card rows" aria-label="Commits">${commits.map(commit =>
      commitRow(context, commit),
    )}</ul>${record.comments.map(comment =>
      textCard(
        context,
        {
          login: comment.login,
          date: comment.createdAt,
          verb: 'commented',
          body: comment.body,
        },
        `issuecomment-${comment.id}`,
      ),
    )}${await mergeBox(context, record)}${diffView(context, files, {
      head: headSha,
    })}</div>`,
  });
}
