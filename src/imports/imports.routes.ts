// Lists through the API: signed in?, read input, call one service function, answer.
import type { Deps } from '../deps.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { apiBase } from '../paths.ts';
import { newImport, newStoring, reportPage, runPage, runParams } from './imports.input.ts';
import { importReport, listImports, planImport, prepareImports, requireImporter } from './imports.service.ts';
import { storeImport } from './imports.storing.service.ts';
import { reportAnswer, reportJson, runAnswer, runJson, runListAnswer } from './imports.json.view.ts';
import { storeSoon } from './imports.waiting.ts';

export { importsPages } from './imports.pages.ts';

const limitBytes = 25 * 1024 * 1024;
// JSON goes as octets: the body is a file and no request.
const types = [
  'application/octet-stream',
  'text/csv',
  'application/geo+json',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** POST and GET imports, GET the report of one, POST its storing. */
export function addImportsApi(api: Api, deps: Deps): void {
  prepareImports(deps.db);

  addOperation(
    api,
    {
      id: 'planImport',
      method: 'post',
      path: '/imports',
      tag: 'imports',
      summary: {
        vi: 'Gửi một danh sách và xem thử; chưa ghi gì vào sổ',
        en: 'Send a list and see what storing it would do; nothing is stored yet',
      },
      access: 'signed-in',
      query: newImport,
      upload: { types, limitBytes },
      answers: { 201: runAnswer },
      errors: ['not-allowed', 'too-large', 'unsupported-type', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, query, language, sent }) => {
      requireImporter(actor);
      const run = await planImport(deps.db, actor, query, sent, deps.clock());
      return { status: 201, json: runJson(language, run), location: `${apiBase}/imports/${run.id}` };
    },
  );

  addOperation(
    api,
    {
      id: 'listImports',
      method: 'get',
      path: '/imports',
      tag: 'imports',
      summary: { vi: 'Các lần nhập danh sách, mới nhất trước', en: 'Imports of lists, newest first' },
      access: 'signed-in',
      query: runPage,
      answers: { 200: runListAnswer },
      errors: ['not-allowed', 'fields-wrong'],
    },
    async ({ actor, query, language }) => {
      const { items, next } = await listImports(deps.db, actor, query);
      return { status: 200, json: { items: items.map((run) => runJson(language, run)), next } };
    },
  );

  addOperation(
    api,
    {
      id: 'readImport',
      method: 'get',
      path: '/imports/:run',
      tag: 'imports',
      summary: {
        vi: 'Báo cáo của một lần nhập: các dòng sai, bỏ ra, thay đổi hoặc cần biết thêm',
        en: 'The report of an import: rows that are wrong, left out, changed or need a remark',
      },
      access: 'signed-in',
      params: runParams,
      query: reportPage,
      answers: { 200: reportAnswer },
      errors: ['import-not-found', 'not-allowed', 'fields-wrong'],
    },
    async ({ actor, params: { run }, query, language }) => ({
      status: 200,
      json: reportJson(language, await importReport(deps.db, actor, run, query)),
    }),
  );

  addOperation(
    api,
    {
      id: 'storeImport',
      method: 'post',
      path: '/imports/:run/storing',
      tag: 'imports',
      summary: {
        vi: 'Ghi vào sổ đúng tệp đã xem thử; 202 khi còn đang ghi',
        en: 'Store exactly the file that was looked at; 202 while it is being stored',
      },
      access: 'signed-in',
      params: runParams,
      body: newStoring,
      answers: { 200: runAnswer, 202: runAnswer },
      errors: ['import-not-found', 'not-allowed', 'import-unreadable', 'import-has-faults', 'fields-wrong'],
    },
    async ({ actor, params: { run: runId }, body, language }) => {
      const run = await storeSoon(deps, actor, runId, () => storeImport(deps.db, actor, runId, body, deps.clock()));
      return { status: run.state === 'running' ? 202 : 200, json: runJson(language, run) };
    },
  );
}
