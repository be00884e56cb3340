import type { Analysis } from '../../contract/analysis.ts';
import type { Show, ShowReading } from '../../contract/show.ts';
import { mergeShows } from '../../merger/merge-shows.ts';
import { readingsFromReply } from './from-reply.ts';
import { groundReadings } from './grounding/ground-readings.ts';
import { readListings } from './listings/from-text.ts';
import { withOutlook } from './outlook.ts';
import { showsPrompt } from './prompt.ts';
import { onUnturnedImage } from './turned-page.ts';
import { replySchema, type Reply } from './reply-schema.ts';

/** Weekly karaoke shows from screenshots and flyers. */
export const showsAnalysis: Analysis<Reply, ShowReading, Show> = {
  name: 'shows',
  prompt: showsPrompt,
  replySchema,
  fromReply: readingsFromReply,
  fromText: (page, context) => readListings(page, context).map((reading) => onUnturnedImage(reading, page.turns ?? 0)),
  ground: (page, readings, context) =>
    groundReadings(page, readings, context).map((reading) => onUnturnedImage(reading, page.turns ?? 0)),
  merge: (observations, context) => mergeShows(observations).map((show) => withOutlook(show, context)),
};
