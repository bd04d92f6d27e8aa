import { Checkbox } from '@backstage/ui';
import { useState } from 'react';
import { ServicePlace } from '../../matrix/places';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog } from '../Plan';
import { intentOf } from './serviceIntents';
import { hubsOfPlaces, useRepositoryChoice } from './useRepositoryChoice';

/** Takes a service off the whole fleet. */
export function OffboardDialog(props: {
  service: string;
  places: ServicePlace[];
  onClose: () => void;
}) {
  const { service, places, onClose } = props;
  const { t } = useFleetTranslation();
  const repository = useRepositoryChoice(hubsOfPlaces(places));
  const [deleteFiles, setDeleteFiles] = useState(false);
  return (
    <ChangeDialog
      title={t('serviceChange.offboardTitle', { service })}
      intent={repository.intent(id =>
        intentOf(
          'service.offboard',
          { service, ...(deleteFiles && { deleteFiles }) },
          id,
        ),
      )}
      onClose={onClose}
    >
      <Checkbox isSelected={deleteFiles} onChange={setDeleteFiles}>
        {t('serviceChange.deleteFiles')}
      </Checkbox>
      {repository.field}
    </ChangeDialog>
  );
}
