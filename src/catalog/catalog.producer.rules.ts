// Addresses of producers' public pages. Pure.
import { fold } from '../fold.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The last part of the address: the folded name, where everybody may read it, and the id. Names change, ids do not. */
export function producerSlug(producer: { id: string }, publicName: string): string {
  const name = fold(publicName)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return name === '' ? producer.id : `${name}-${producer.id}`;
}

/** The id at the end of an address, or undefined. */
export function producerIdOf(slug: string): string | undefined {
  return uuid.exec(slug.toLowerCase())?.[0];
}
