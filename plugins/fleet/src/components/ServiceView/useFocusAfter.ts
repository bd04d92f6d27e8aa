import { RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus to the first button of a group when a dialog has closed whose own button went meanwhile: there is nothing
 * else to give it back to.
 *
 * @param open - whether the dialog is open
 */
export function useFocusAfter(
  open: boolean,
  group: RefObject<HTMLElement>,
): void {
  const was = useRef(open);
  useEffect(() => {
    const closed = was.current && !open;
    was.current = open;
    if (!closed) {
      return undefined;
    }
    // The dialog gives the focus back in the next frame.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const { activeElement } = document;
        if (!activeElement || activeElement === document.body) {
          group.current?.querySelector('button')?.focus();
        }
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [open, group]);
}
