import { Markup } from './markup';

const PATHS = {
  branch:
    '<circle cx="4.5" cy="3.5" r="1.75"/><circle cx="4.5" cy="12.5" r="1.75"/><circle cx="11.5" cy="4.5" r="1.75"/><path d="M4.5 5.25v5.5M11.5 6.25c0 2.5-3.5 2.25-5.75 3.5"/>',
  commit: '<circle cx="8" cy="8" r="2.75"/><path d="M1 8h4.25M10.75 8H15"/>',
  folder:
    '<path d="M1.75 4.25v8.5h12.5v-7H7.5L6 3.75H1.75z" fill="currentColor" fill-opacity=".16"/>',
  file: '<path d="M3.25 1.75h6l3.5 3.5v9h-9.5zM9.25 1.75v3.5h3.5"/>',
  pull: '<circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.25v5.5M12 10.75V5.5c0-1.1-.9-2-2-2H7.5M9.5 1.5l-2 2 2 2"/>',
  merge:
    '<circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="8.5" r="1.75"/><path d="M4 5.25v5.5M4 5.25c.5 2.25 3 3.25 6.25 3.25"/>',
  closed:
    '<circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.25v5.5M12 10.75V7.5M10.25 2l3.5 3.5M13.75 2l-3.5 3.5"/>',
  check: '<path d="m3 8.5 3.25 3.25L13 5"/>',
  warning:
    '<path d="M8 2 14.5 13.5h-13zM8 6.25v3.5M8 11.5v.25" stroke-linejoin="round"/>',
  comment: '<path d="M1.75 2.75h12.5v8.5H8l-3.25 3v-3h-3z"/>',
  chevron: '<path d="m4 6 4 4 4-4"/>',
  lock: '<rect x="3" y="7" width="10" height="7" rx="1.25"/><path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2"/>',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; the word beside it says the same. */
export function icon(name: IconName): Markup {
  return new Markup(
    `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.4" aria-hidden="true">${PATHS[name]}</svg>`,
  );
}

/** What the API names as everybody's picture: nothing is loaded from elsewhere. */
export const AVATAR =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="20" fill="#8a94a3"/><circle cx="20" cy="15.5" r="6.5" fill="#fff"/><path d="M7.5 34a12.5 11 0 0 1 25 0" fill="#fff"/></svg>';

/** The picture in the browser's tab. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#1f5493" stroke-width="1.6">${PATHS.branch}</svg>`;
