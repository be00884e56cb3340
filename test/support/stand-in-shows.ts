import type { StandInAsk } from './stand-in-types.ts';

/** What a stand-in says about an image: two shows made up from its bytes, the same whenever it is asked. */
export function showsOf({ imageSha256 }: Pick<StandInAsk, 'imageSha256'>): unknown {
  const digits = Number.parseInt((imageSha256 ?? '0').slice(0, 8), 16);
  const number = digits % 900;
  return {
    shows: [
      show(`The ${WORDS[number % WORDS.length]} Room ${number}`, `${100 + number} Main St`, 'Tuesdays', '9pm - 1am'),
      // Every image tells of this one as well, so there is something to merge.
      show('Rusty Anchor Tavern', '1420 Harbor View Blvd', 'Fridays', '8pm - 12am'),
    ],
  };
}

const WORDS = ['Copper', 'Velvet', 'Lantern', 'Juniper', 'Marble', 'Cobalt', 'Walnut'];

function show(venueName: string, venueAddress: string, days: string, times: string): Record<string, unknown> {
  const [startTime, endTime] = times.split(' - ');
  return {
    venueName,
    venueAddress,
    venueCity: 'Tampa',
    venueState: 'FL',
    scheduleText: `${days} ${times}`,
    days: [days],
    startTime,
    endTime,
    hostName: 'DJ Marcus Bell',
  };
}
