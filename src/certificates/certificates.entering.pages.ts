// The page that enters a certificate of a product: its owner declares it, of several products at once where it may, or the officer of the province records it.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readPictures, sentFiles, sentPictures } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { listProducts } from '../products/products.service.ts';
import { enteringView, otherChoices } from './certificates.entering.view.ts';
import { certificateForm } from './certificates.input.ts';
import { enterForSeveral } from './certificates.several.service.ts';
import { enterCertificate, enteringFor, listCertificates } from './certificates.service.ts';

const enteredNames = [
  'id',
  'type',
  'number',
  'decisionNumber',
  'issuerLevel',
  'issuerName',
  'issuedOn',
  'lastDayPrinted',
  'stars',
  'scopeText',
  'document',
  'others',
];
const fieldWords = 'certificates.fields';
const knownAtOnce = 100;

const idIn = (req: Request): string => {
  const read = recordId.safeParse(req.params['product']);
  if (!read.success) throw new AppError('product-not-found');
  return read.data;
};

const sendEntering = async (deps: Deps, req: Request, res: Response, form: FormState, status: number) => {
  const language = languageOf(res);
  const actor = requireActor(res);
  const productId = idIn(req);
  const entering = await enteringFor(deps.db, actor, productId);
  const known = await listCertificates(deps.db, actor, productId, { limit: knownAtOnce });
  const saved = req.query['saved'] === '1' && status === 200 ? 'certificates.enter.saved' : '';
  const range = entering.byOfficer ? [] : await listProducts(deps.db, actor, entering.producer.id);
  const others = otherChoices(range, productId, form.values['others'] ?? '', uuidv7);
  const view = { ...enteringView(language, entering, known.items, form, dayOf(deps.clock())), others, saved };
  const title = t(language, 'certificates.enter.title');
  sendPage(req, res, 'certificates/new', view, { title, sample: entering.producer.sample, status });
};

/** A file can't be kept in a form that comes back: it says so. */
const withDocumentHint = (req: Request, res: Response, form: FormState): FormState => {
  if (sentPictures(req).length === 0 || form.errors['document'] !== '') return form;
  const again = t(languageOf(res), 'certificates.enter.documentAgain');
  return { ...form, errors: { ...form.errors, document: again } };
};

const readOther = (chosen: string): { product: string; id: string } => {
  const [product = '', id = ''] = chosen.split('.');
  return { product, id };
};

/** The form, and what is sent with it. */
export function addEntering(router: Router, deps: Deps): void {
  router.get(paths.appNewCertificate(':product'), async (req, res) => {
    const form = formState(languageOf(res), enteredNames, { id: uuidv7() });
    await sendEntering(deps, req, res, form, 200);
  });

  router.post(paths.appNewCertificate(':product'), readPictures('document', 1), async (req, res) => {
    const actor = requireActor(res);
    const productId = idIn(req);
    await submitForm(req, res, {
      schema: certificateForm,
      names: enteredNames,
      fieldWords,
      act: async ({ others, ...entered }) => {
        if (isPictureTooLarge(res)) throw fieldError('document', 'picture-too-large', { maximum: 25 });
        const [document] = sentFiles(req);
        const own = `${paths.appNewCertificate(productId)}?saved=1`;
        if (others.length > 0) {
          const { id, ...paper } = entered;
          const products = [{ product: productId, id }, ...others.map(readOther)];
          const { producer } = await enteringFor(deps.db, actor, productId);
          await enterForSeveral(deps.db, actor, producer.id, { ...paper, products }, deps.clock(), document);
          return own;
        }
        const stored = await enterCertificate(deps.db, actor, productId, entered, deps.clock(), document);
        return stored.enteredByOfficer ? paths.officeCertificate(stored.id) : own;
      },
      again: (form, status) => sendEntering(deps, req, res, withDocumentHint(req, res, form), status),
    });
  });
}
