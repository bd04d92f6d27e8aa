import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import { useFleetTranslation } from '../../useFleetTranslation';

/** Actions that are seldom asked for, behind a button with three dots. */
export function MoreMenu<Action extends string>(props: {
  actions: readonly Action[];
  labelOf: (action: Action) => string;
  onAction: (action: Action) => void;
}) {
  const { t } = useFleetTranslation();
  return (
    <MenuTrigger>
      <ButtonIcon
        size="small"
        variant="secondary"
        icon={<RiMore2Line />}
        aria-label={t('serviceChange.more')}
      />
      <Menu placement="bottom end">
        {props.actions.map(action => (
          <MenuItem
            key={action}
            id={action}
            onAction={() => props.onAction(action)}
          >
            {props.labelOf(action)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
