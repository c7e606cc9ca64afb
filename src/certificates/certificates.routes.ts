// Certificates and the officer's decisions in the API: URL, read input, call one service function, answer.
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import {
  certificateList,
  certificateParams,
  newCertificate,
  newDecision,
  officeList,
  producerParams,
  productParams,
  severalCertificates,
  withdrawal,
} from './certificates.input.ts';
import { listOfficeCertificates } from './certificates.office.service.ts';
import {
  certificateFor,
  decideOnCertificate,
  enterCertificate,
  listCertificates,
  prepareCertificates,
} from './certificates.service.ts';
import { addListsApi } from './certificates.lists.routes.ts';
import { addPapersApi } from './certificates.papers.routes.ts';
import { enterForSeveral } from './certificates.several.service.ts';
import { withdrawCertificate } from './certificates.withdrawal.service.ts';
import {
  certificateAnswer,
  certificateJson,
  certificateListAnswer,
  decisionAnswer,
  decisionJson,
  officeItemJson,
  officeListAnswer,
} from './certificates.view.ts';

export { certificatesPages } from './certificates.pages.ts';

const tag = 'certificates';

const addEntering = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'enterCertificate',
      method: 'post',
      path: '/products/:product/certificates',
      tag,
      summary: { vi: 'Nhập một giấy chứng nhận của sản phẩm', en: 'Enter a certificate of a product' },
      access: 'signed-in',
      params: productParams,
      body: newCertificate,
      answers: { 201: certificateAnswer },
      errors: ['product-not-found', 'not-allowed', 'stars-beyond-power', 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      const entered = await enterCertificate(deps.db, actor, params.product, body, deps.clock());
      const record = await certificateFor(deps.db, actor, entered.id);
      const location = `${apiBase}/certificates/${entered.id}`;
      return { status: 201, json: certificateJson(record), location };
    },
  );

  addOperation(
    api,
    {
      id: 'enterCertificateForSeveral',
      method: 'post',
      path: '/producers/:producer/certificates',
      tag,
      summary: {
        vi: 'Nhập một giấy (không phải OCOP) cho nhiều sản phẩm của chủ thể cùng lúc',
        en: 'Enter one paper (not OCOP) for several products of a producer at once',
      },
      access: 'signed-in',
      params: producerParams,
      body: severalCertificates,
      answers: { 201: certificateListAnswer },
      errors: ['producer-not-found', 'product-not-found', 'not-allowed', 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      const entered = await enterForSeveral(deps.db, actor, params.producer, body, deps.clock());
      const records = await Promise.all(entered.map(({ id }) => certificateFor(deps.db, actor, id)));
      const location = `${apiBase}/producers/${params.producer}/certificates`;
      return { status: 201, json: { items: records.map(certificateJson), next: null }, location };
    },
  );

  addOperation(
    api,
    {
      id: 'listCertificates',
      method: 'get',
      path: '/products/:product/certificates',
      tag,
      summary: { vi: 'Giấy chứng nhận của sản phẩm, mới nhất trước', en: 'Certificates of a product, newest first' },
      access: 'signed-in',
      params: productParams,
      query: certificateList,
      answers: { 200: certificateListAnswer },
      errors: ['product-not-found'],
    },
    async ({ actor, params, query }) => {
      const page = await listCertificates(deps.db, actor, params.product, query);
      return { status: 200, json: { items: page.items.map(certificateJson), next: page.next } };
    },
  );

  addOperation(
    api,
    {
      id: 'getCertificate',
      method: 'get',
      path: '/certificates/:certificate',
      tag,
      summary: { vi: 'Một giấy chứng nhận và các quyết định', en: 'A certificate and the decisions on it' },
      access: 'signed-in',
      params: certificateParams,
      answers: { 200: certificateAnswer },
      errors: ['certificate-not-found'],
    },
    async ({ actor, params }) => {
      const record = await certificateFor(deps.db, actor, params.certificate);
      return { status: 200, json: certificateJson(record) };
    },
  );
};

const addDeciding = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'decideOnCertificate',
      method: 'post',
      path: '/certificates/:certificate/decisions',
      tag,
      summary: {
        vi: 'Cán bộ tỉnh xác nhận, kéo dài hoặc thu hồi một giấy chứng nhận',
        en: 'A province officer verifies, extends or revokes a certificate',
      },
      access: 'signed-in',
      proof: 'second-factor',
      params: certificateParams,
      body: newDecision,
      answers: { 201: decisionAnswer },
      errors: [
        'certificate-not-found',
        'not-allowed',
        'already-decided',
        'certificate-revoked',
        'certificate-not-verified',
        'certificate-incomplete',
        'stars-beyond-power',
        'extension-too-long',
        'not-a-recognition',
        'certificate-withdrawn',
        'id-with-other-content',
      ],
    },
    async ({ actor, params, body }) => {
      const decision = await decideOnCertificate(deps.db, actor, params.certificate, body, deps.clock());
      const location = `${apiBase}/certificates/${params.certificate}`;
      return { status: 201, json: decisionJson(decision), location };
    },
  );

  addOperation(
    api,
    {
      id: 'listOfficeCertificates',
      method: 'get',
      path: '/office/certificates',
      tag,
      summary: {
        vi: 'Giấy chứng nhận của tỉnh: chờ xác minh (chờ lâu nhất trước) hoặc tất cả (mới nhất trước)',
        en: 'Certificates of the province: waiting (longest first) or all (newest first)',
      },
      access: 'signed-in',
      query: officeList,
      answers: { 200: officeListAnswer },
      errors: ['not-allowed'],
    },
    async ({ actor, query }) => {
      const page = await listOfficeCertificates(deps.db, actor, query, deps.clock());
      return { status: 200, json: { items: page.items.map(officeItemJson), next: page.next } };
    },
  );
};

const addWithdrawal = (api: Api, deps: Deps): void =>
  addOperation(
    api,
    {
      id: 'withdrawCertificate',
      method: 'post',
      path: '/certificates/:certificate/withdrawal',
      tag,
      summary: {
        vi: 'Chủ thể rút giấy nhập sai khi chưa ai quyết định',
        en: 'The producer withdraws a wrong entry on which nobody has decided',
      },
      access: 'signed-in',
      params: certificateParams,
      body: withdrawal,
      answers: { 201: decisionAnswer },
      errors: [
        'certificate-not-found',
        'not-allowed',
        'not-withdrawable',
        'already-decided',
        'certificate-withdrawn',
        'id-with-other-content',
      ],
    },
    async ({ actor, params, body }) => {
      const decision = await withdrawCertificate(deps.db, actor, params.certificate, body, deps.clock());
      return { status: 201, json: decisionJson(decision), location: `${apiBase}/certificates/${params.certificate}` };
    },
  );

export function addCertificatesApi(api: Api, deps: Deps): void {
  prepareCertificates(deps.db);
  addEntering(api, deps);
  addDeciding(api, deps);
  addWithdrawal(api, deps);
  addPapersApi(api, deps);
  addListsApi(api, deps);
}
