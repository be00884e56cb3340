import type { Host, ShowFacts } from '../../contract/show.ts';
import { caseName } from './casing.ts';
import { cleanVenue } from './place.ts';
import { cleanSchedule } from './schedule.ts';
import { cleanText } from './text.ts';

const HOST_LEAD = /^(?:hosted\s+by|your\s+hosts?|hosts?|with|w\/|by|feat(?:uring|\.)?)\b[\s:,-]*|^w\/\s*/iu;

function cleanHostName(value: string | null): string | null {
  const text = cleanText(value);
  if (text === null) return null;
  const bare = cleanText(text.replace(HOST_LEAD, ''));
  return bare === null ? caseName(text) : caseName(bare);
}

function cleanHost(host: Host): Host {
  const company = cleanText(host.company);
  return { name: cleanHostName(host.name), company: company === null ? null : caseName(company) };
}

/** Cleans every field of a reading. Cleaning what is clean changes nothing. */
export function cleanFacts(facts: ShowFacts): ShowFacts {
  const name = cleanText(facts.name);
  const confidence = Number.isFinite(facts.confidence) ? Math.min(1, Math.max(0, facts.confidence)) : 0;
  return {
    name: name === null ? null : caseName(name),
    status: facts.status,
    venue: cleanVenue(facts.venue),
    host: cleanHost(facts.host),
    schedule: cleanSchedule(facts.schedule),
    notes: cleanText(facts.notes),
    confidence: Math.round(confidence * 10_000) / 10_000,
  };
}
