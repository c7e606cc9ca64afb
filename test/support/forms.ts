// Reads a page as a person without script does: its forms with what stands in their fields, and its visible words.

export type PageForm = { action: string; fields: Record<string, string> };

const decode = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#x27|#x3D|#x60);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#x3D': '=', '#x60': '`' })[name] ?? '',
  );

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : decode(found);
};

const fieldsOf = (form: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    const isLeftOut = (type === 'radio' || type === 'checkbox') && !/\schecked[\s>]/.test(tag);
    if (name !== undefined && type !== 'file' && !isLeftOut) fields[name] = attribute(tag, 'value') ?? '';
  }
  for (const [, tag = '', options = ''] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields[attribute(tag, 'name') ?? ''] = decode(chosen?.[1] ?? '');
  }
  for (const [, tag = '', text = ''] of form.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g))
    fields[attribute(tag, 'name') ?? ''] = decode(text);
  return fields;
};

/** The form with this `data-test`, with the fields that a browser would send. Several values of one name: the last. */
export function formOf(html: string, name: string): PageForm {
  const form = new RegExp(`<form[^>]*data-test="${name}"[^>]*>[\\s\\S]*?</form>`).exec(html)?.[0];
  if (form === undefined) throw new Error(`no form ${name}`);
  return { action: attribute(form, 'action') ?? '', fields: fieldsOf(form) };
}

/** What a person reads: without tags, white space as one blank. */
export function wordsOf(html: string): string {
  const shown = html.replace(/<(style|script|symbol)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');
  return decode(shown).replace(/\s+/g, ' ');
}

/** A body of several parts, as a form with files is sent. */
export function parts(fields: Record<string, string>, photos: readonly Uint8Array[] = []): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [place, bytes] of photos.entries())
    data.append('photos', new Blob([Buffer.from(bytes)], { type: 'image/jpeg' }), `anh-${place}.jpg`);
  return data;
}
