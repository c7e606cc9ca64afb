// Lists of certificates in the API: of a producer, and of an officer's provinces.
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { certificateSearch, producerParams } from './certificates.input.ts';
import { listProducerCertificates, listProvinceCertificates } from './certificates.lists.service.ts';
import { rowJson, rowListAnswer } from './certificates.lists.view.ts';

const tag = 'certificates';

export function addListsApi(api: Api, deps: Deps): void {
  addOperation(
    api,
    {
      id: 'listProducerCertificates',
      method: 'get',
      path: '/producers/:producer/certificates',
      tag,
      summary: {
        vi: 'Giấy chứng nhận của mọi sản phẩm của một chủ thể, tìm theo số hoặc tên sản phẩm',
        en: 'Certificates of all products of a producer, searched by number or product',
      },
      access: 'signed-in',
      params: producerParams,
      query: certificateSearch,
      answers: { 200: rowListAnswer },
      errors: ['producer-not-found'],
    },
    async ({ actor, params, query }) => {
      const page = await listProducerCertificates(deps.db, actor, params.producer, query, deps.clock());
      return { status: 200, json: { items: page.items.map(rowJson), next: page.next } };
    },
  );

  addOperation(
    api,
    {
      id: 'searchCertificates',
      method: 'get',
      path: '/certificates',
      tag,
      summary: {
        vi: 'Cán bộ tìm giấy chứng nhận của tỉnh theo số, sản phẩm, loại, tình trạng, ngày hết hạn',
        en: 'Officers search the certificates of the province by number, product, type, state, last day',
      },
      access: 'signed-in',
      query: certificateSearch,
      answers: { 200: rowListAnswer },
      errors: ['not-allowed'],
    },
    async ({ actor, query }) => {
      const page = await listProvinceCertificates(deps.db, actor, query, deps.clock());
      return { status: 200, json: { items: page.items.map(rowJson), next: page.next } };
    },
  );
}
