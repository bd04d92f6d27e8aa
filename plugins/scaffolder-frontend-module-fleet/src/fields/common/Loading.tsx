import { Skeleton, VisuallyHidden } from '@backstage/ui';

/** Holds the place of what is on its way, and says so to those who cannot see it. */
export function Loading(props: { label: string; height: number }) {
  return (
    <div role="status">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      <Skeleton width="100%" height={props.height} />
    </div>
  );
}
