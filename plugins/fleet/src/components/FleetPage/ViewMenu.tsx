import {
  ButtonIcon,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
} from '@backstage/ui';
import { RiCheckLine, RiListCheck2 } from '@remixicon/react';
import { ReactNode } from 'react';
import { GroupBy } from '../../matrix/rows';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Density } from '../Matrix';

/** How tall the rows are and by what they are grouped. */
export function ViewMenu(props: {
  density: Density;
  groupBy: GroupBy;
  onChange: (change: { density?: Density; groupBy?: GroupBy }) => void;
}) {
  const { density, groupBy, onChange } = props;
  const { t } = useFleetTranslation();
  const item = (
    id: string,
    label: string,
    chosen: boolean,
    onAction: () => void,
  ): ReactNode => (
    <MenuItem
      key={id}
      id={id}
      iconStart={<RiCheckLine visibility={chosen ? 'visible' : 'hidden'} />}
      onAction={onAction}
    >
      {label}
    </MenuItem>
  );
  return (
    <MenuTrigger>
      <ButtonIcon
        size="small"
        variant="secondary"
        icon={<RiListCheck2 />}
        aria-label={t('filter.view')}
      />
      <Menu placement="bottom end">
        <MenuSection title={t('filter.density')}>
          {(['dense', 'comfortable'] as const).map(value =>
            item(value, t(`filter.${value}`), density === value, () =>
              onChange({ density: value }),
            ),
          )}
        </MenuSection>
        <MenuSection title={t('filter.groupBy')}>
          {(['system', 'owner', 'none'] as const).map(value =>
            item(value, t(`filter.${value}`), groupBy === value, () =>
              onChange({ groupBy: value }),
            ),
          )}
        </MenuSection>
      </Menu>
    </MenuTrigger>
  );
}
