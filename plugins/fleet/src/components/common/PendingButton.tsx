import { Button } from '@backstage/ui';
import { ComponentProps, useEffect, useId } from 'react';

/**
 * A button that keeps the focus while what it asked for is under way, and may be gone afterwards.
 *
 * @remarks
 * React Aria announces a pending button by an image that the button labels, and leaves it in the page for seven seconds. Once
 * the button is gone the image has no name, so it goes with the button.
 */
export function PendingButton(props: ComponentProps<typeof Button>) {
  const id = useId();
  useEffect(
    () => () => {
      document
        .querySelectorAll(`[data-live-announcer] [aria-labelledby~="${id}"]`)
        .forEach(announcement => announcement.remove());
    },
    [id],
  );
  return <Button {...props} id={id} />;
}
