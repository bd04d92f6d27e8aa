import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { RiShip2Line } from '@remixicon/react';

const NAME = 'Backstage Fleet';
const BRAND = '#7df3e1';

export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      aria-label={NAME}
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: 12,
        height: sidebarConfig.drawerWidthClosed,
        paddingLeft: (sidebarConfig.drawerWidthClosed - 26) / 2,
        color: BRAND,
      }}
    >
      <RiShip2Line size={26} aria-hidden />
      {isOpen && <strong style={{ fontSize: 16 }}>{NAME}</strong>}
    </Link>
  );
}
