import { applyDecorators, Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { ListedShowDetail, VenuePage } from '../contract/catalogue.ts';
import { schemaRef } from '../http/openapi-schemas.ts';
import { CACHE_CONTROL, csvOf, etagOf, feedOf } from './feeds.ts';
import { DEFAULT_LIMIT, feedQueryOf, LIST_FORMATS, MAX_LIMIT, showQueryOf, venueQueryOf } from './list-query.ts';
import { asShow, ListedShows } from './listed-shows.ts';
import { linkedDataOf } from './show-head.ts';

/** A calendar or a spreadsheet with more is of no use to anybody. */
const MAX_IN_FILE = 10_000;

function Filters(): MethodDecorator {
  return applyDecorators(
    ApiQuery({ name: 'city', required: false }),
    ApiQuery({ name: 'state', required: false }),
    ApiQuery({ name: 'day', required: false, description: 'MO, TU, WE, TH, FR, SA, SU; several with commas' }),
    ApiQuery({ name: 'time', required: false, description: 'HH:MM: under way then, or starting within an hour of it' }),
    ApiQuery({ name: 'q', required: false, description: 'Words of venue, address, city, host, title or notes' }),
    ApiQuery({ name: 'venue', required: false, description: 'Id, or words of the name' }),
    ApiQuery({ name: 'host', required: false, description: 'Id, or words of the name' }),
  );
}

function Paged(): MethodDecorator {
  const schema = { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT };
  return applyDecorators(
    ApiQuery({ name: 'limit', required: false, schema }),
    ApiQuery({ name: 'cursor', required: false, description: 'The nextCursor of the page before' }),
  );
}

const NOT_FOUND = { status: 404, schema: schemaRef('Problem'), description: 'show.notFound' };

/** The published catalogue, for everybody. */
@ApiTags('catalogue')
@Controller('api')
export class ShowsController {
  readonly #listed: ListedShows;

  constructor(@Inject(ListedShows) listed: ListedShows) {
    this.#listed = listed;
  }

  @Get('shows')
  @ApiOperation({
    summary: 'Published shows, by city, venue, weekday and start',
    description: 'With format=csv the whole list as a file, whatever the limit.',
  })
  @Filters()
  @Paged()
  @ApiQuery({ name: 'format', required: false, enum: LIST_FORMATS })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ schema: schemaRef('ShowPage') })
  async list(@Query() given: unknown, @Res() response: Response): Promise<void> {
    const { query, format } = showQueryOf(given);
    if (format === 'json') return void response.json(await this.#listed.page(query));
    const shows = await this.#listed.all(query, MAX_IN_FILE);
    response.attachment('contactsheet-shows.csv');
    sendFile(response, 'text/csv; charset=utf-8; header=present', csvOf(shows));
  }

  @Get('shows.ics')
  @ApiOperation({
    summary: 'Published shows as a calendar to subscribe to',
    description: 'By city, venue or host, or by any other filter of the list.',
  })
  @Filters()
  @ApiProduces('text/calendar')
  @ApiOkResponse({ description: 'iCalendar (RFC 5545)' })
  @ApiResponse({ status: 304, description: 'Not changed since the ETag of If-None-Match' })
  async calendar(@Query() given: unknown, @Res() response: Response): Promise<void> {
    const { query, words } = feedQueryOf(given);
    const shows = await this.#listed.all(query, MAX_IN_FILE);
    sendFile(response, 'text/calendar; charset=utf-8', feedOf(shows, [...words, ...namesOf(given, shows)]));
  }

  @Get('shows/:id.jsonld')
  @ApiOperation({
    summary: 'One show as schema.org describes it',
    description: 'The show with its schedule, and its next nights as events of their own.',
  })
  @ApiProduces('application/ld+json')
  @ApiOkResponse({ description: 'JSON-LD' })
  @ApiResponse(NOT_FOUND)
  async linkedData(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const { listed } = await this.#listed.revisedShow(id);
    sendFile(response, 'application/ld+json; charset=utf-8', `${linkedDataOf(asShow(listed))}\n`);
  }

  @Get('shows/:id')
  @ApiOperation({ summary: 'One show, with when and by which runs it was confirmed' })
  @ApiOkResponse({ schema: schemaRef('ListedShowDetail') })
  @ApiResponse(NOT_FOUND)
  show(@Param('id') id: string): Promise<ListedShowDetail> {
    return this.#listed.show(id);
  }

  @Get('venues')
  @ApiOperation({ summary: 'Published venues, by city and name' })
  @ApiQuery({ name: 'city', required: false })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'q', required: false, description: 'Words of name or address' })
  @Paged()
  @ApiOkResponse({ schema: schemaRef('VenuePage') })
  venues(@Query() given: unknown): Promise<VenuePage> {
    return this.#listed.venues(venueQueryOf(given));
  }
}

/** A feed of one venue or host is called by its name, not by its id. */
function namesOf(
  given: unknown,
  shows: readonly { listed: { venue: { name: string | null }; host: { name: string | null } } }[],
): string[] {
  const asked = new Map(typeof given === 'object' && given !== null ? Object.entries(given) : []);
  const first = shows[0]?.listed;
  return [asked.has('venue') ? first?.venue.name : null, asked.has('host') ? first?.host.name : null].flatMap(
    (name) => name ?? [],
  );
}

/** `send` answers 304 by itself where the asker's ETag is this one. */
function sendFile(response: Response, contentType: string, body: string): void {
  response.setHeader('ETag', etagOf(body));
  response.setHeader('Cache-Control', CACHE_CONTROL);
  response.type(contentType).send(body);
}
