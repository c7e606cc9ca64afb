// The forms of products as they are sent: their fields, and how their texts become the input of the operations.
import { mostPictures } from './products.types.ts';

/** All fields of the forms that describe a product. */
export const productNames = [
  'id',
  'producerId',
  'version',
  'name',
  'brand',
  'netContent.amount',
  'netContent.unit',
  'packaging',
  'gtin',
  'internalCode',
  'ocopSet',
  'shelfLifeDays',
  'origin',
  'standards',
  'ingredients',
  'allergens',
  'storage',
  'usage',
  'warnings',
  'responsibleParty.name',
  'responsibleParty.address',
  'story',
];
/** All fields of the form that sends a picture. */
export const pictureNames = ['alt', 'picture'];

export type Body = Record<string, unknown>;

/** The id of the organisation that a form carries hidden, if it does. */
export function namedIn(body: Body): string | undefined {
  const named = body['producerId'];
  return typeof named === 'string' && named !== '' ? named : undefined;
}

/** The form's texts as the operation reads them: one standard a line; a unit without its amount is no net content. */
export function factsIn(body: Body): Body {
  const { producerId: _p, standards, ...rest } = body;
  if (rest['netContent.amount'] === '') delete rest['netContent.unit'];
  const lines = typeof standards === 'string' ? standards.split(/\r?\n/).map((one) => one.trim()) : standards;
  return lines === undefined ? rest : { ...rest, standards: lines };
}

const textIn = (body: Body, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};

/** A picture as the form of pictures sends it: `fileId0`, `alt0`, `order0`, `keep0` … */
export type SentPicture = { place: number; fileId: string; alt: string; order: string; isKept: boolean };

export function sentPictures(body: Body): SentPicture[] {
  return Array.from({ length: mostPictures }, (_, place) => ({
    place,
    fileId: textIn(body, `fileId${place}`),
    alt: textIn(body, `alt${place}`),
    order: textIn(body, `order${place}`),
    isKept: textIn(body, `keep${place}`) !== '',
  })).filter(({ fileId }) => fileId !== '');
}

/** Those kept, by their order; of two with the same number the one that stood first stays first. */
const inOrder = (body: Body): SentPicture[] =>
  sentPictures(body)
    .filter(({ isKept }) => isKept)
    .sort((one, other) => (Number(one.order) || one.place + 1) - (Number(other.order) || other.place + 1));

/** What the operation is sent. */
export function arrangementIn(body: Body): Body {
  return { version: textIn(body, 'version'), pictures: inOrder(body).map(({ fileId, alt }) => ({ fileId, alt })) };
}

/** The field of the form that a field of the operation came from: `pictures.0.alt` may be `alt3`. */
export function fieldOfPicture(body: Body, field: string): string {
  const [, at, part] = /^pictures\.(\d+)\.(alt|fileId)$/.exec(field) ?? [];
  const picture = at === undefined ? undefined : inOrder(body)[Number(at)];
  return picture === undefined || part === undefined ? field : `alt${picture.place}`;
}
