import type { ErrorCode } from '../contract/coded-error.ts';

/** RFC 9457 problem details, with the stable code that programs go by. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
}

interface Kind {
  status: number;
  title: string;
}

const KINDS: Partial<Record<ErrorCode, Kind>> = {
  'image.unreadable': { status: 422, title: 'The image cannot be read' },
  'image.tooLarge': { status: 413, title: 'The image is too large' },
  'image.notFound': { status: 404, title: 'No such image' },
  'upload.tooMany': { status: 413, title: 'Too many images' },
  'upload.empty': { status: 400, title: 'No image was sent' },
  'upload.invalid': { status: 400, title: 'The upload cannot be used' },
  'upload.tooLarge': { status: 413, title: 'The file is too large' },
  'upload.tooOften': { status: 429, title: 'Too much was sent in a short time' },
  'upload.brokenOff': { status: 422, title: 'The upload broke off' },
  'video.unreadable': { status: 422, title: 'The video cannot be read' },
  'video.noPicture': { status: 422, title: 'The video has no pictures' },
  'video.tooLong': { status: 422, title: 'The video is too long' },
  'video.tooLarge': { status: 413, title: 'The video is too large' },
  'url.refused': { status: 400, title: 'The address cannot be fetched' },
  'pile.notFound': { status: 404, title: 'No such pile' },
  'settings.invalid': { status: 400, title: 'The settings cannot be used' },
  'request.invalid': { status: 400, title: 'The request cannot be used' },
  'auth.required': { status: 401, title: 'A token is needed' },
  'run.notFound': { status: 404, title: 'No such run' },
  'run.wrongState': { status: 409, title: 'The run is in another state' },
  'show.notFound': { status: 404, title: 'No such show' },
  'changeset.notFound': { status: 404, title: 'No such changeset' },
  'changeset.wrongState': { status: 409, title: 'The changeset is in another state' },
  'changeset.stale': { status: 409, title: 'The changeset has changed in the meantime' },
  'changeset.undecided': { status: 409, title: 'Nothing is decided' },
  'changeset.conflict': { status: 409, title: 'Two decisions contradict each other' },
  'changeset.builtUpon': { status: 409, title: 'Later changesets build upon this one' },
  'server.stopping': { status: 503, title: 'The server is stopping' },
  'model.notConfigured': { status: 503, title: 'No model is set up' },
  'budget.exceeded': { status: 402, title: 'The money cap is reached' },
  notFound: { status: 404, title: 'Not found' },
};
const INTERNAL: Kind = { status: 500, title: 'Something went wrong on our side' };

export function problemOf(code: ErrorCode, detail: string): Problem {
  const { status, title } = KINDS[code] ?? INTERNAL;
  return { type: `urn:contactsheet:problem:${code}`, title, status, detail, code };
}
