/**
 * One form for telephone numbers: `(512) 555-0123` for North America (with ` x12` for an extension), digits after `+`
 * elsewhere. What is no telephone number stays as printed, so that it is not lost.
 */
export function cleanPhone(text: string): string {
  const extension = /(?:\bext(?:ension)?|\bx)\.?\s*(\d{1,6})\s*$/i.exec(text);
  const main = extension === null ? text : text.slice(0, extension.index);
  const digits = main.replace(/\D/g, '');
  const suffix = extension?.[1] === undefined ? '' : ` x${extension[1]}`;
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  if (national.length === 10 && !main.trim().startsWith('+') && !main.trim().startsWith('00')) {
    return formatNational(national) + suffix;
  }
  if (main.trim().startsWith('+')) {
    return (digits.length === 11 && digits.startsWith('1') ? formatNational(national) : `+${digits}`) + suffix;
  }
  if (digits.length === 7 && /^[\d\s().-]+$/.test(main)) return `${digits.slice(0, 3)}-${digits.slice(3)}${suffix}`;
  return text;
}

function formatNational(digits: string): string {
  return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
}
