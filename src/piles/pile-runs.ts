import { checkedOptions } from '../analyses/options.ts';
import { findAnalysis } from '../analyses/registry.ts';
import { CodedError } from '../contract/coded-error.ts';
import type { RunEstimate } from '../contract/estimate.ts';
import type { Settings } from '../contract/settings.ts';
import { estimateRun } from '../parser/run-estimate.ts';
import type { KaraokeParserService } from '../parser/karaoke-parser.service.ts';
import type { ImageShelf } from '../runs/image-shelf.ts';
import { detectedUnits } from '../runs/detected-units.ts';
import { unreadImage } from '../runs/new-image.ts';
import { groundOf, toldContextOf } from '../runs/run-request.dto.ts';
import type { RunsService } from '../runs/runs.service.ts';
import type { EstimatePileDto, StartPileRunDto } from './pile.dto.ts';
import type { PilesService } from './piles.service.ts';

const NOTHING_SAID = { timezone: null, city: null, state: null, notes: null };

export interface PileRunsParts {
  piles: PilesService;
  runs: RunsService;
  parser: KaraokeParserService;
  shelf: ImageShelf;
  settings: () => Settings;
}

/** Runs from piles, and what they would take. A pile may start several: three images to try, then all. */
export class PileRuns {
  readonly #parts: PileRunsParts;

  constructor(parts: PileRunsParts) {
    this.#parts = parts;
  }

  /** @throws CodedError `pile.notFound`, `upload.empty`, `request.invalid`, `model.notConfigured` */
  async estimate(pileId: string, body: EstimatePileDto): Promise<RunEstimate> {
    const { analysis = 'shows', mode, only, batch, options } = body;
    const context = { ...NOTHING_SAID, ...checkedOptions(analysis, options) };
    const settings = this.#parts.settings();
    const images = await this.#parts.piles.chosen(pileId, only);
    const seen = new Set<string>();
    const sizes = images.map(({ sha256, look }) => {
      if (seen.has(sha256)) return 'duplicate';
      seen.add(sha256);
      return look && look.width !== null && look.height !== null
        ? { width: look.width, height: look.height }
        : 'unreadable';
    });
    const request = { analysis, mode: mode ?? settings.processingMode, settings, context, sizes, batch };
    return estimateRun(this.#parts.parser, request);
  }

  /**
   * Starts a run of the images of these positions, or of all, in order of position, and of a video: also while that is sent.
   *
   * @throws CodedError as {@link estimate}; `server.stopping`
   */
  async start(pileId: string, request: StartPileRunDto): Promise<{ runId: string; runToken: string }> {
    const { piles, runs, shelf } = this.#parts;
    const { audience } = await piles.pile(pileId);
    if (audience === 'public') refuseForVisitors(request);
    const context = toldContextOf(request);
    const settings = this.#parts.settings();
    const video = await this.#videoOf(pileId, request);
    const images = await piles.chosen(pileId, request.only, { mayBeNone: video !== null });
    const contents = images.map(({ sha256 }) => sha256);
    // Held until the run has them: the pile may expire at this very moment.
    for (const sha256 of contents) shelf.hold(sha256);
    try {
      const units = await detectedUnits(
        images.map((image, position) => unreadImage({ ...image, position })),
        request.detections,
        shelf.directory,
      );
      return await runs.start({
        analysis: request.analysis ?? 'shows',
        mode: request.mode ?? settings.processingMode,
        audience,
        context,
        settings:
          request.budgetUsdPerRun === undefined ? settings : { ...settings, budgetUsdPerRun: request.budgetUsdPerRun },
        ...groundOf(request),
        batch: request.batch,
        useKept: request.fresh !== true,
        images: units,
        ...(video && { video: { ...video, firstPosition: units.length } }),
      });
    } finally {
      await shelf.release(contents);
    }
  }

  async #videoOf(pileId: string, { analysis = 'shows', video }: StartPileRunDto) {
    if (video === undefined) return null;
    if (findAnalysis(analysis).takesVideo) return this.#parts.piles.videos.videoOf(pileId, video);
    throw new CodedError('request.invalid', `The analysis "${analysis}" takes images, and no video.`);
  }
}

function refuseForVisitors({ analysis = 'shows', budgetUsdPerRun, detections, batch, video }: StartPileRunDto): void {
  if (analysis !== 'shows' || detections !== undefined || video !== undefined)
    throw new CodedError('request.invalid', 'Visitors can only ask for shows.');
  if (batch === true) throw new CodedError('request.invalid', 'Only the admin sends images in batches.');
  if (budgetUsdPerRun !== undefined)
    throw new CodedError('request.invalid', 'Only the admin sets what a run may cost.');
}
