/** What the server answers instead of a result (RFC 9457), or that it did not answer at all. */
export class ApiError extends Error {
  /** Stable: `image.unreadable`. `unreachable` where no answer came; `http.500` where one without a code did. */
  readonly code: string;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;

  /** @param detail words for people, in English; `api/error-words.ts` has other languages by code */
  constructor({ code, status, detail, cause }: { code: string; status: number; detail: string; cause?: unknown }) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
  }

  /** Nothing was said against the request: the same may work in a moment. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export function unreachable(cause: unknown): ApiError {
  return new ApiError({ code: 'unreachable', status: 0, detail: 'The server cannot be reached.', cause });
}

/** @param body the text of an answer that is no success */
export function errorOf(status: number, body: string): ApiError {
  const { code, detail } = problemIn(body);
  return new ApiError({
    status,
    code: code ?? `http.${status}`,
    detail: detail ?? `The server answered with status ${status}.`,
  });
}

function problemIn(body: string): { code?: string; detail?: string } {
  try {
    const problem = new Map<string, unknown>(Object.entries(JSON.parse(body) as object));
    const [code, detail] = [problem.get('code'), problem.get('detail')];
    return { ...(typeof code === 'string' && { code }), ...(typeof detail === 'string' && { detail }) };
  } catch {
    return {};
  }
}
