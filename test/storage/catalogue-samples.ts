import { sql } from 'kysely';
import type { Told } from '../../src/merger/readings.fixture.ts';
import type { Database } from '../../src/storage/database.ts';

const OWL: Told = { venue: 'The Owl', address: '12 Main St', city: 'Tampa', state: 'FL' };
/** A weekly show in Tampa. */
export const FRIDAY: Told = { ...OWL, days: ['FR'], start: '20:00', end: '00:00', host: 'DJ Ann' };
/** Another one, in another town. */
export const BOAT: Told = {
  venue: 'Boat',
  city: 'Orlando',
  state: 'FL',
  days: ['SA'],
  start: '22:00',
  end: '02:00',
  host: 'KJ Leo',
};

/** The published tables as the database has them, to the byte. */
export async function dump({ kysely }: Database): Promise<string[]> {
  const tables = ['venues', 'hosts', 'shows', 'show_evidence', 'aliases'];
  const texts = await Promise.all(
    tables.map(async (table) => {
      const { rows } = await sql<{ text: string }>`
        select t::text as text from ${sql.table(table)} as t order by id`.execute(kysely);
      return rows.map(({ text }) => `${table} ${text}`);
    }),
  );
  return texts.flat();
}
