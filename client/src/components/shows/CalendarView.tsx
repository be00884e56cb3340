import { ActionIcon, Button, Modal, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Weekday } from '../../../../src/contract/show.ts';
import type { WholeList } from '../../api/show-lists.ts';
import { CalendarAgenda } from './CalendarAgenda.tsx';
import { CalendarGrid } from './CalendarGrid.tsx';
import { DayEntries } from './DayEntries.tsx';
import { showsOfDays } from './calendar-days.ts';
import { useShowWords } from './show-words.ts';
import { usePeriod } from './use-period.ts';
import { clockIn } from './zone-clock.ts';
import classes from './Calendar.module.css';

const NARROW = '(max-width: 56em)';

/** The shows on the days of a month or a week; on a narrow screen, the days of a week one below another. */
export default function CalendarView({ list, nowMs, day }: { list: WholeList; nowMs: number; day: Weekday | null }) {
  const { t } = useTranslation('shows');
  const { t: tCommon } = useTranslation();
  const words = useShowWords();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const { date: today } = clockIn(null, nowMs);
  const period = usePeriod(today, isNarrow);
  const [opened, setOpened] = useState<string | null>(null);
  const dates = period.weeks.flat();
  const [first = today, last = today] = [dates[0], dates.at(-1)];
  const ofDays = useMemo(() => showsOfDays(list.shows, { first, last }, day), [list.shows, first, last, day]);
  const isMonth = period.kind === 'month';
  const title = isMonth
    ? words.month(period.month)
    : t('month.weekOf', {
        from: words.shortDate(first),
        to: `${words.shortDate(last)} ${words.month(last.slice(0, 7))}`,
      });
  return (
    <section aria-label={title} style={{ opacity: list.isStale ? 0.6 : 1 }}>
      <div className={classes.bar}>
        <ActionIcon
          variant="default"
          size={44}
          onClick={() => period.go(-1)}
          aria-label={isMonth ? t('month.previousMonth') : t('month.previousWeek')}
        >
          <IconChevronLeft size={20} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={44}
          onClick={() => period.go(1)}
          aria-label={isMonth ? t('month.nextMonth') : t('month.nextWeek')}
        >
          <IconChevronRight size={20} aria-hidden />
        </ActionIcon>
        <h2 aria-live="polite">{title}</h2>
        <Button variant="default" size="md" mih={44} onClick={period.goToday}>
          {t('month.today')}
        </Button>
        {!isNarrow && (
          <SegmentedControl
            size="md"
            value={period.kind}
            onChange={(kind) => period.show(kind === 'week' ? 'week' : 'month')}
            data={[
              { value: 'month', label: t('month.month') },
              { value: 'week', label: t('month.week') },
            ]}
          />
        )}
      </div>
      {isNarrow ? (
        <CalendarAgenda dates={dates} today={today} ofDays={ofDays} />
      ) : (
        <CalendarGrid period={period} today={today} caption={title} ofDays={ofDays} onMore={setOpened} />
      )}
      <Modal
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={opened === null ? '' : words.date(opened)}
        closeButtonProps={{ 'aria-label': tCommon('close') }}
      >
        {opened !== null && (
          <div className={classes.agenda}>
            <DayEntries shows={ofDays.get(opened) ?? []} />
          </div>
        )}
      </Modal>
    </section>
  );
}
