import { Kbd, Stack, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ReviewDialog } from './ReviewDialog.tsx';
import { REVIEW_KEYS, type ReviewAction } from './review-keys.ts';

/** All keys, and the switch that turns them off (WCAG 2.1.4). */
export function KeysDialog(props: {
  opened: boolean;
  onClose: () => void;
  keys: { isOn: boolean; setOn: (isOn: boolean) => void };
}) {
  const { opened, onClose, keys } = props;
  const { t } = useTranslation(['review', 'common']);
  return (
    <ReviewDialog opened={opened} onClose={onClose} title={t('review:keys.title')}>
      <Stack>
        <Text size="sm">{t('review:keys.intro')}</Text>
        <Table>
          <Table.Tbody>
            {(Object.keys(REVIEW_KEYS) as ReviewAction[]).map((action) => (
              <Table.Tr key={action}>
                <Table.Td w={64}>
                  <Kbd>{REVIEW_KEYS[action]}</Kbd>
                </Table.Td>
                <Table.Td>{t(`review:action.${action}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="sm">{t('review:keys.typing')}</Text>
        <Switch
          label={t('review:keys.onOff')}
          description={t('review:keys.onOffNote')}
          checked={keys.isOn}
          onChange={({ currentTarget }) => keys.setOn(currentTarget.checked)}
        />
      </Stack>
    </ReviewDialog>
  );
}
