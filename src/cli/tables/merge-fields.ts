import { CodedError } from '../../contract/coded-error.ts';
import type { Table } from './read-table.ts';

/** A field to compare by: its name, and the columns that hold it. */
export interface MergeField {
  name: string;
  columns: string[];
}

/**
 * Reads `name,address,title=label`: fields by commas, several names of one field by `=`. Upper and lower case are one where
 * that leaves no doubt.
 *
 * @throws CodedError `request.invalid` for a column that no file has, saying which there are
 */
export async function resolveFields(tables: readonly Table[], by: string): Promise<MergeField[]> {
  const known = new Set<string>();
  for (const table of tables) {
    if (table.header) for (const column of table.header) known.add(column);
    else {
      await table.read(({ columns }) => {
        for (const column of columns) known.add(column);
      });
    }
  }
  const fields = by
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      // A column may have the sign in its own name.
      const names = known.has(part) ? [part] : part.split('=').map((name) => name.trim());
      const columns = names.map((name) => columnOf(name, known));
      return { name: columns[0]!, columns };
    });
  if (fields.length === 0)
    throw new CodedError('request.invalid', `Say what to compare by: --by ${[...known].join(',')}`);
  return fields;
}

function columnOf(name: string, known: ReadonlySet<string>): string {
  if (known.has(name)) return name;
  const alike = [...known].filter((column) => column.toLowerCase() === name.toLowerCase());
  if (alike.length === 1) return alike[0]!;
  throw new CodedError('request.invalid', `There is no column "${name}". There are: ${[...known].join(', ')}.`);
}
