import { useCallback, useEffect, useRef, useState } from 'react';
import { MatrixPair } from '../Matrix';

/** How long the pointer rests before a popover opens, or is away before it closes, in milliseconds. */
export const HOVER_DELAY = 150;

/** A popover and the cell it belongs to. */
export interface PopoverTarget extends MatrixPair {
  element: HTMLElement;
}

/** One popover that goes with the pointer, and one that is pinned. */
export function useCellPopovers() {
  const [hovered, setHovered] = useState<PopoverTarget>();
  const [pinned, setPinned] = useState<PopoverTarget>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const coming = useRef<HTMLElement | undefined>(undefined);

  const later = useCallback((run: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(run, HOVER_DELAY);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  const hover = useCallback(
    (pair: MatrixPair | undefined, element?: HTMLElement) => {
      if (coming.current === element) {
        return;
      }
      coming.current = element;
      later(() => setHovered(pair && element && { ...pair, element }));
    },
    [later],
  );
  /** The pointer went from the cell into its popover: it stays. */
  const keep = useCallback(() => clearTimeout(timer.current), []);
  const leave = useCallback(() => {
    coming.current = undefined;
    later(() => setHovered(undefined));
  }, [later]);

  const pin = useCallback((target: PopoverTarget) => {
    clearTimeout(timer.current);
    setHovered(undefined);
    setPinned(target);
  }, []);
  const closeHovered = useCallback(() => {
    clearTimeout(timer.current);
    coming.current = undefined;
    setHovered(undefined);
  }, []);
  const closePinned = useCallback(() => {
    setPinned(before => {
      before?.element.focus({ preventScroll: true });
      return undefined;
    });
  }, []);

  return {
    hovered,
    pinned,
    hover,
    keep,
    leave,
    pin,
    closeHovered,
    closePinned,
  };
}
