/** Words that stand for JSON's own in what Python-trained models write. */
const WORDS: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  True: 'true',
  False: 'false',
  None: 'null',
  undefined: 'null',
  NaN: 'null',
};

/**
 * Mends small damage in a JSON text whose outer bracket closes: trailing or missing commas, raw line breaks inside
 * strings, comments, `None`/`True`/`NaN`, unquoted keys. Values are never invented and never dropped; what it cannot
 * mend comes out as it went in, and still fails to parse. One pass, linear in the length of the text.
 */
export function repairJson(text: string): string {
  const tokens = tokenise(text);
  const out: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]?.text ?? '';
    const next = tokens[at + 1];
    if (token === ',' && (next === undefined || isClosing(next.text) || next.text === ',')) continue;
    out.push(token);
    if (next !== undefined && lacksComma(token, next)) out.push(',');
  }
  return out.join('');
}

interface Token {
  text: string;
  /** White space or a comment comes before it. */
  apart: boolean;
}

function isClosing(text: string): boolean {
  return text === '}' || text === ']';
}

/**
 * Two values in a row lack their comma, but only where something sets them apart: in `["The "7" Nail"]` it is the quotes
 * that are wrong, and a comma would make three values of one.
 */
function lacksComma(text: string, next: Token): boolean {
  const isNeighbour = !'{[:,'.includes(text) && !'}]:,'.includes(next.text);
  return isNeighbour && (next.apart || isClosing(text));
}

/** Punctuation, strings (made valid) and bare words. */
function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let apart = false;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    const start = at;
    if (char.trim() === '' || isComment(text, at)) {
      at = char === '/' ? endOfComment(text, at) : at + 1;
      apart = true;
      continue;
    }
    if ('{}[]:,'.includes(char)) at++;
    else at = char === '"' ? endOfString(text, at) : endOfWord(text, at);
    const slice = text.slice(start, at);
    tokens.push({ text: char === '"' ? validString(slice) : validWord(slice, text, at), apart });
    apart = false;
  }
  return tokens;
}

function isComment(text: string, at: number): boolean {
  return text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*');
}

/** Index after the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function endOfComment(text: string, start: number): number {
  const closing = text[start + 1] === '/' ? '\n' : '*/';
  const end = text.indexOf(closing, start + 2);
  return end === -1 ? text.length : end + closing.length;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !'{}[]:,"'.includes(text[at] ?? '') && (text[at] ?? '').trim() !== '') at++;
  return at;
}

/** Raw control characters are escaped, and `\'`, which JSON does not know, loses its backslash. */
function validString(quoted: string): string {
  let out = '';
  for (let at = 0; at < quoted.length; at++) {
    const char = quoted[at] ?? '';
    if (char === '\\') {
      const escaped = quoted[++at] ?? '';
      out += '"\\/bfnrtu'.includes(escaped) ? char + escaped : escaped;
    } else {
      out += char < ' ' ? JSON.stringify(char).slice(1, -1) : char;
    }
  }
  return out;
}

function validWord(word: string, text: string, end: number): string {
  let after = end;
  while (after < text.length && (text[after] ?? '').trim() === '') after++;
  if (text[after] === ':' && /^[A-Za-z_$][\w$]*$/.test(word)) return JSON.stringify(word);
  return Object.hasOwn(WORDS, word) ? (WORDS[word] ?? word) : word;
}
