import { Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { isSameValue, NEEDED_FIELDS, valueAt, type FieldPath } from './record-fields.ts';
import { concernsOf } from './review-order.ts';
import { sourcesOf } from './sources.ts';
import { decidedFacts, type ReviewDesk } from './use-review-desk.ts';
import { useValueWords } from './value-words.ts';
import classes from './Review.module.css';

/** One field as it would be listed: its value, how sure it is, and, when it is looked at, where it is printed. */
export function FieldRow({ desk, path }: { desk: ReviewDesk; path: FieldPath }) {
  const { t } = useTranslation(['review', 'common']);
  const valueWords = useValueWords();
  const format = useFormat();
  const { item, facts } = desk;
  if (item === null || facts === null) return null;
  const value = valueAt(facts, path);
  const words = valueWords(path, value);
  const change =
    item.kind === 'changed' || item.kind === 'cancelled' ? item.changes.find(({ field }) => field === path) : undefined;
  const conflict = item.record?.conflicts.find(({ field }) => field === path);
  const isNeeded = NEEDED_FIELDS.includes(path);
  if (words === null && !isNeeded && change === undefined && conflict === undefined) return null;

  const isFocused = desk.field === path;
  const sources = sourcesOf(item.record, path);
  const concerns = concernsOf(item).filter(({ field }) => field === path);
  const isBad = concerns.some(({ kind }) => kind === 'conflict' || kind === 'ungrounded');
  const saved = decidedFacts(item);
  const isChanged = saved !== null && !isSameValue(valueAt(saved, path), value);
  const confidence = item.record?.confidences?.[path];
  const tone = isBad ? 'bad' : concerns.length > 0 || (words === null && isNeeded) ? 'notice' : undefined;
  return (
    <div className={classes.field} data-focused={isFocused || undefined} data-tone={tone}>
      <button
        type="button"
        className={classes.fieldButton}
        aria-expanded={isFocused}
        onClick={() => desk.look(path)}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && desk.look(path)}
      >
        <span className={classes.fieldName}>{t(`common:field.${path}`)}</span>
        <span
          className={classes.fieldValue}
          data-missing={words === null || undefined}
          data-changed={isChanged || undefined}
        >
          {words ?? t('review:fields.missing')}
        </span>
        <span className={classes.fieldSign}>
          {concerns.some(({ kind }) => kind === 'unsure') && confidence !== undefined
            ? t('review:fields.confidence', { percent: format.share(confidence) })
            : sources.length > 0 && t('review:images', { count: sources.length })}
        </span>
      </button>
      {(isFocused || conflict !== undefined) && (
        <div className={classes.under}>
          {change !== undefined && (
            <Text size="xs" c="dimmed" mb={4}>
              {t('review:fields.was', { value: valueWords(path, change.old) ?? t('review:fields.nothing') })}
            </Text>
          )}
          {conflict !== undefined && <ConflictChoice desk={desk} path={path} values={conflict.values} />}
          {isFocused && (
            <Stack gap={0} mt={conflict === undefined ? 0 : 6}>
              {sources.map(({ imageId, image, evidence }) => (
                <button
                  key={imageId}
                  type="button"
                  className={classes.source}
                  aria-current={imageId === desk.imageId}
                  onClick={() => desk.look(path, imageId)}
                >
                  <span className="visually-hidden">{t('review:fields.printed')} </span>
                  <q>{evidence.text}</q> <span className={classes.entryNote}>{t('review:fields.in', { image })}</span>
                  {evidence.grounded === false && (
                    <span className={classes.sign} data-tone="bad">
                      &nbsp;{t('review:fields.notFound')}
                    </span>
                  )}
                  {evidence.grounded !== false && evidence.box === null && (
                    <span className={classes.entryNote}> · {t('review:fields.unplaced')}</span>
                  )}
                </button>
              ))}
            </Stack>
          )}
        </div>
      )}
    </div>
  );
}

/** What the images say, each with how many: choosing one puts it into the record. */
function ConflictChoice(props: { desk: ReviewDesk; path: FieldPath; values: { value: string; imageIds: string[] }[] }) {
  const { desk, path, values } = props;
  const { t } = useTranslation('review');
  const valueWords = useValueWords();
  const current = desk.facts === null ? null : valueAt(desk.facts, path);
  return (
    <Radio.Group
      label={t('fields.choose')}
      size="xs"
      value={typeof current === 'string' ? current : ''}
      onChange={(value) => {
        desk.look(path, values.find((each) => each.value === value)?.imageIds[0] ?? null);
        desk.setValue(path, value);
      }}
    >
      <Stack gap={6} mt={6}>
        {values.map(({ value, imageIds }) => (
          <Radio
            key={value}
            value={value}
            size="sm"
            disabled={!desk.isOpen}
            label={valueWords(path, value) ?? value}
            description={t('fields.inImages', { count: imageIds.length })}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
