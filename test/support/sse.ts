export interface SseEvent {
  id: number;
  event: string;
  data: Record<string, unknown>;
}

/** Reads server-sent events until the server ends the stream. */
export async function readEvents(url: string, lastEventId?: number): Promise<SseEvent[]> {
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': String(lastEventId) };
  const response = await fetch(url, { headers });
  if (response.status !== 200) throw new Error(`events answered ${response.status}`);
  const text = await response.text();
  return text.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block
        .split('\n')
        .filter((line) => line.includes(': '))
        .map((line): [string, string] => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
    );
    const data = fields.get('data');
    if (data === undefined) return [];
    return [
      { id: Number(fields.get('id')), event: fields.get('event') ?? '', data: JSON.parse(data) as SseEvent['data'] },
    ];
  });
}
