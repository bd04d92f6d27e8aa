import { RefObject, useLayoutEffect, useState } from 'react';

/**
 * Gives the focus on when a component goes while it is in there: otherwise it falls to the page, and whoever uses the
 * keyboard begins at its top again.
 *
 * @param from - what holds the focus until then
 * @param to - what gets it; must be focusable
 * @returns set `away` while the focus is elsewhere and would come back, as in a dialog
 */
export function useFocusHandOver(
  from: RefObject<HTMLElement>,
  to: RefObject<HTMLElement>,
): { away: boolean } {
  const [focus] = useState({ away: false });
  useLayoutEffect(() => {
    const holder = from.current;
    const heir = to.current;
    return () => {
      if (!focus.away && !holder?.contains(document.activeElement)) {
        return;
      }
      // Afterwards: the focus is still in what goes now.
      requestAnimationFrame(() => {
        const { activeElement } = document;
        if (!activeElement || activeElement === document.body) {
          heir?.focus({ preventScroll: true });
        }
      });
    };
  }, [from, to, focus]);
  return focus;
}
