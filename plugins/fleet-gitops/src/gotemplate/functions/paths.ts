import { FunctionMap, define } from './types';

/** path.Clean. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else if (part === '..' && !rooted) {
      parts.push(part);
    } else if (part !== '' && part !== '.' && part !== '..') {
      parts.push(part);
    }
  }
  return (rooted ? '/' : '') + parts.join('/') || '.';
}

/** path.Base. */
export function basePath(path: string): string {
  if (path === '') {
    return '.';
  }
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** path.Ext. */
function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

const base = define(['string'], basePath);
const dir = define(['string'], path =>
  cleanPath(path.slice(0, path.lastIndexOf('/') + 1)),
);
const ext = define(['string'], extension);
const clean = define(['string'], cleanPath);
const isAbs = define(['string'], path => path.startsWith('/'));

/** Sprig's functions for paths; Argo CD and Helm run where both kinds separate by slashes. */
export const pathFunctions: FunctionMap = {
  base,
  dir,
  ext,
  clean,
  isAbs,
  osBase: base,
  osDir: dir,
  osExt: ext,
  osClean: clean,
  osIsAbs: isAbs,
};
