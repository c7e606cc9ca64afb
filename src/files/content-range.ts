// Content-Range of a request (RFC 9110, 14.4 and 14.5): which bytes of how many a PUT carries. Pure.

export type ContentRange = { from: number; to: number; totalBytes: number };

/** `bytes 0-4095/150000`. Undefined for anything else, also for a range without bytes, out of its total, or of unknown total. */
export function readContentRange(header: string): ContentRange | undefined {
  const parts = /^bytes (\d{1,12})-(\d{1,12})\/(\d{1,12})$/i.exec(header.trim());
  if (parts === null) return undefined;
  const [from, to, totalBytes] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return from <= to && to < totalBytes ? { from, to, totalBytes } : undefined;
}
