// What a public page says of itself in its head, for search engines and for whoever shares its address.

export type PageMeta = {
  /** Absolute address of the page, without language. */
  url: string;
  /** Whether the page is there in the other language under `?lang=`. */
  hasLanguages: boolean;
  description: string;
  image?: { url: string; width: number; height: number; alt: string };
  /** Schema.org data about what the page tells. */
  jsonLd?: object;
  /** The same as a feed. */
  feeds?: { type: string; title: string; href: string }[];
};

/** JSON that can stand within a script element: nothing in it ends the element or opens a comment. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
