import type { GitCommit } from '../git';
import type { PageContext } from './PageContext';
import { markup, type Markup } from './markup';
import { timeElement } from './time';

const TINTS = 6;

/** Initials on a quiet colour that stays the same for a name. */
export function avatar(name: string): Markup {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map(word => word?.[0]?.toUpperCase() ?? '')
    .join('');
  const sum = [...name].reduce(
    (total, character) => (total * 37 + character.charCodeAt(0)) % 99991,
    0,
  );
  return markup`<span class="avatar tint-${
    sum % TINTS
  }" aria-hidden="true">${initials}</span>`;
}

/** First line and the rest of a commit message. */
export function splitMessage(message: string): [title: string, body: string] {
  const [title, ...rest] = message.trim().split('\n');
  return [title || '(no message)', rest.join('\n').trim()];
}

export function shaLink(context: PageContext, sha: string): Markup {
  return markup`<a class="sha" href="${context.url('commit', sha)}">${sha.slice(
    0,
    7,
  )}</a>`;
}

/** One line of a list of commits. */
export function commitRow(context: PageContext, commit: GitCommit): Markup {
  const [title] = splitMessage(commit.message);
  return markup`<li class="row commit">${avatar(
    commit.author.name,
  )}<div class="grow"><a class="title" href="${context.url(
    'commit',
    commit.sha,
  )}">${title}</a><div class="sub">${
    commit.author.name
  } committed ${timeElement(
    commit.author.date,
    context.now,
  )}</div></div>${shaLink(context, commit.sha)}</li>`;
}
