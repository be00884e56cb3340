import { Checkbox, Collapse, NumberInput, Stack, Text, Textarea, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRESET_BOXES, ZONE_PRESETS, type ZonePreset } from '../../../../src/contract/poster.ts';
import { ownZones, posterOptions, useChosenZones } from './chosen-zones.ts';
import panels from '../parser/Panels.module.css';
import classes from './Posters.module.css';

const EXAMPLE = '[{ "name": "play button", "box": [0.4, 0.45, 0.2, 0.1] }]';

/** The parts of a poster that the platform covers: those that are common, by name, and others as JSON. */
export function ZonesField() {
  const { t } = useTranslation('records');
  const chosen = useChosenZones();
  const { presets, ownText, minOverlap } = chosen;
  const [showsMore, setShowsMore] = useState(ownText !== '');
  const told = posterOptions(chosen);
  const problem = typeof told === 'string' ? told : null;
  return (
    <div className={classes.zonesField}>
      <div className={classes.zonesRow}>
        <Checkbox.Group
          label={t('zones.label')}
          description={t('zones.note')}
          value={[...presets]}
          onChange={(names) =>
            useChosenZones.setState({ presets: ZONE_PRESETS.filter((preset) => names.includes(preset)) })
          }
        >
          <Stack gap={8} mt="sm">
            {ZONE_PRESETS.map((preset) => (
              <Checkbox key={preset} value={preset} label={t(`zones.preset.${preset}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Preview presets={presets} ownText={ownText} />
      </div>
      <UnstyledButton
        className={panels.more}
        aria-expanded={showsMore}
        aria-controls="own-zones"
        onClick={() => setShowsMore(!showsMore)}
      >
        {t('zones.more')}
        <IconChevronDown size={16} aria-hidden data-open={showsMore || undefined} />
      </UnstyledButton>
      <Collapse expanded={showsMore} id="own-zones">
        <Stack gap="sm">
          <Textarea
            label={t('zones.own')}
            description={t('zones.ownNote')}
            placeholder={EXAMPLE}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            classNames={{ input: classes.code }}
            value={ownText}
            error={problem !== null && problem !== 'none'}
            onChange={({ currentTarget }) => useChosenZones.setState({ ownText: currentTarget.value })}
          />
          <NumberInput
            label={t('zones.minOverlap')}
            description={t('zones.minOverlapNote')}
            min={0}
            max={100}
            decimalScale={1}
            suffix=" %"
            value={Math.round(minOverlap * 1_000) / 10}
            onChange={(value) => typeof value === 'number' && useChosenZones.setState({ minOverlap: value / 100 })}
          />
        </Stack>
      </Collapse>
      <Text size="sm" c="var(--bad)" role="status">
        {problem !== null && t(`zones.problem.${problem}`)}
      </Text>
    </div>
  );
}

/** A poster in small, with what would be covered. */
function Preview({ presets, ownText }: { presets: readonly ZonePreset[]; ownText: string }) {
  const own = ownZones(ownText);
  const boxes = [
    ...presets.flatMap((preset) => PRESET_BOXES[preset]),
    ...(typeof own === 'string' ? [] : own.map(({ box }) => box)),
  ];
  return (
    <svg className={classes.preview} viewBox="0 0 100 150" aria-hidden>
      {boxes.map(([x, y, width, height]) => (
        <rect key={`${x} ${y} ${width} ${height}`} x={x * 100} y={y * 150} width={width * 100} height={height * 150} />
      ))}
    </svg>
  );
}
