// The paper of a certificate in the API: send it, show or hide it, fetch what is known of it.
import type { Deps } from '../deps.ts';
import { uploadErrors } from '../files/files.ts';
import { uploadLimitBytes, uploadTypes } from '../files/picture.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { certificateParams, documentName, documentShown } from './certificates.input.ts';
import { documentFor, preparePapers, sendDocument, showDocument } from './certificates.papers.service.ts';
import { documentAnswer, documentJson } from './certificates.papers.view.ts';

const tag = 'certificates';

export function addPapersApi(api: Api, deps: Deps): void {
  preparePapers(deps.db);
  addSending(api, deps);
  addShowing(api, deps);
}

const addSending = (api: Api, deps: Deps): void =>
  addOperation(
    api,
    {
      id: 'sendCertificateDocument',
      method: 'put',
      path: '/certificates/:certificate/document',
      tag,
      summary: {
        vi: 'Gửi ảnh hoặc PDF của giấy chứng nhận; bản trước vẫn được giữ',
        en: 'Send the picture or PDF of a certificate; the one before is kept',
      },
      access: 'signed-in',
      params: certificateParams,
      query: documentName,
      upload: { types: [...uploadTypes, 'application/pdf'], limitBytes: uploadLimitBytes },
      answers: { 200: documentAnswer },
      errors: ['certificate-not-found', 'not-allowed', 'certificate-withdrawn', 'changed-meanwhile', ...uploadErrors],
    },
    async ({ actor, params, query, sent }) => {
      const file = { bytes: sent, name: query.name };
      const document = await sendDocument(deps.db, actor, params.certificate, file, deps.clock());
      return { status: 200, json: documentJson(document) };
    },
  );

const addShowing = (api: Api, deps: Deps): void => {
  addOperation(
    api,
    {
      id: 'showCertificateDocument',
      method: 'put',
      path: '/certificates/:certificate/document/visibility',
      tag,
      summary: {
        vi: 'Cho mọi người xem văn bản của giấy chứng nhận, hoặc thôi cho xem',
        en: 'Show the paper of a certificate to everybody, or hide it again',
      },
      access: 'signed-in',
      params: certificateParams,
      body: documentShown,
      answers: { 200: documentAnswer },
      errors: [
        'certificate-not-found',
        'document-not-found',
        'not-allowed',
        'certificate-withdrawn',
        'changed-meanwhile',
      ],
    },
    async ({ actor, params, body }) => {
      const document = await showDocument(deps.db, actor, params.certificate, body.shown, deps.clock());
      return { status: 200, json: documentJson(document) };
    },
  );

  addOperation(
    api,
    {
      id: 'getCertificateDocument',
      method: 'get',
      path: '/certificates/:certificate/document',
      tag,
      summary: {
        vi: 'Văn bản của giấy chứng nhận: của chủ thể và cán bộ, của mọi người khi được cho xem',
        en: 'The paper of a certificate: for its producer and officers, for everybody once it is shown',
      },
      access: 'public',
      params: certificateParams,
      answers: { 200: documentAnswer },
      errors: ['certificate-not-found', 'document-not-found'],
    },
    async ({ actor, params }) => ({
      status: 200,
      json: documentJson(await documentFor(deps.db, actor, params.certificate)),
    }),
  );
};
