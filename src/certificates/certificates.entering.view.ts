// The form that enters a certificate: its choices, and the papers that the product has already.
import type { Day } from '../days.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type { CertificateRecord } from './certificates.office.types.ts';
import { certificateTypes, issuerLevels } from './certificates.types.ts';
import { paperCard } from './certificates.view.ts';

type Option = { value: string; label: string; selected: boolean };

const starOptions = (language: Language, byOfficer: boolean, chosen: string): Option[] =>
  // A province gives 3 and 4 stars; a producer may also declare the minister's 5.
  (byOfficer ? ['3', '4'] : ['3', '4', '5']).map((stars) => ({
    value: stars,
    label: t(language, 'certificates.stars', { stars }),
    selected: stars === chosen,
  }));

const mostOthers = 49;

/** Other products of the producer that the same paper may be entered for, by name; each with the id that its record will have. */
export function otherChoices(
  products: readonly Product[],
  productId: string,
  typed: string,
  newId: () => string,
): Option[] {
  const chosen = new Map(typed.split(',').map((one) => [one.slice(0, one.indexOf('.')), one]));
  const others = products.filter(({ id }) => id !== productId).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  return others.slice(0, mostOthers).map(({ id, name }) => {
    const value = chosen.get(id);
    return { value: value ?? `${id}.${newId()}`, label: name, selected: value !== undefined };
  });
}

/** `form` is what was typed so far. */
export function enteringView<F extends { values: Record<string, string> }>(
  language: Language,
  entering: { product: Product; producer: Producer; byOfficer: boolean },
  known: readonly CertificateRecord[],
  form: F,
  today: Day,
) {
  const { product, byOfficer } = entering;
  const option = (words: string, value: string, chosen: string | undefined): Option => ({
    value,
    label: t(language, `${words}.${value}`),
    selected: value === chosen,
  });
  return {
    form,
    back: byOfficer ? paths.office : paths.appProduct(product.id),
    action: paths.appNewCertificate(product.id),
    product: t(language, 'certificates.enter.product', { name: product.name }),
    notice: t(language, byOfficer ? 'certificates.enter.officerNotice' : 'certificates.enter.notice'),
    types: certificateTypes.map((type) => option('certificates.types', type, form.values['type'])),
    levels: issuerLevels.map((level) => option('certificates.levels', level, form.values['issuerLevel'])),
    stars: starOptions(language, byOfficer, form.values['stars'] ?? ''),
    today,
    known: known.map((record) => paperCard(language, record)),
  };
}
