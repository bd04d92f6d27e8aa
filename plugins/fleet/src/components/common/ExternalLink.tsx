import { Link } from '@backstage/ui';
import { ReactNode } from 'react';

/** A link to another site, opened beside the portal. */
export function ExternalLink(props: {
  href: string;
  label?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={props.href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={props.label}
      variant="body-small"
    >
      {props.children}
    </Link>
  );
}
