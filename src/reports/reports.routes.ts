// Reports in the API: anybody sends one and looks it up by its number; the producer and the officer in charge list, read and answer.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { recordId } from '../fields.ts';
import { paths } from '../paths.ts';
import { tracePageOfTyped } from '../trace/trace.typed.service.ts';
import {
  answerReport,
  eraseReport,
  listProducerReports,
  listProvinceReports,
  reportFor,
} from './reports.answering.service.ts';
import { newAnswer, newReport, referenceParams, reportErasing, reportPage, reportParams } from './reports.input.ts';
import {
  answerJson,
  answerShape,
  caseListShape,
  caseShape,
  lookedUpJson,
  lookedUpShape,
  sentJson,
  sentShape,
} from './reports.json.view.ts';
import { prepareReports, reportByReference, sendReport, takeReportTurn } from './reports.service.ts';
import { caseFor } from './reports.view.ts';

const tag = 'reports';

const addSending = (api: Api, deps: Deps): void => {
  const { db, clock, keys } = deps;
  addOperation(
    api,
    {
      id: 'sendReport',
      method: 'post',
      path: '/codes/:code/reports',
      tag,
      summary: { vi: 'Báo vấn đề về hàng mang một mã', en: 'Report a problem with goods that carry a code' },
      access: 'public',
      params: z.object({ code: z.string().max(1000) }),
      body: newReport,
      answers: { 201: sentShape },
      errors: ['code-malformed', 'code-unknown', 'fields-wrong', 'id-with-other-content', 'too-many-requests'],
    },
    async ({ params, body, req }) => {
      const facts = await tracePageOfTyped(db, keys.codeKey, params.code, clock());
      const { producerId } = facts.batch;
      const sender = { address: req.ip ?? '', producerId };
      const seconds = await takeReportTurn(db, keys.sessionKey, sender, clock());
      if (seconds > 0) throw new AppError('too-many-requests', { seconds });
      const report = await sendReport(db, facts, body, undefined, clock());
      const page = paths.report(report.reference);
      return { status: 201, json: sentJson(report, page), location: page };
    },
  );
  addOperation(
    api,
    {
      id: 'lookUpReport',
      method: 'get',
      path: '/public/reports/:reference',
      tag,
      summary: { vi: 'Tra phản ánh theo số', en: 'Look a report up by its number' },
      access: 'public',
      params: referenceParams,
      answers: { 200: lookedUpShape },
      errors: ['report-not-found'],
    },
    async ({ params }) => {
      const { report, content, answers } = await reportByReference(db, params.reference);
      return { status: 200, json: lookedUpJson(report, content, answers) };
    },
  );
};

const addReading = (api: Api, { db }: Deps): void => {
  addOperation(
    api,
    {
      id: 'listProducerReports',
      method: 'get',
      path: '/producers/:producer/reports',
      tag,
      summary: { vi: 'Phản ánh về sản phẩm của một chủ thể', en: 'Reports about products of a producer' },
      access: 'signed-in',
      params: z.object({ producer: recordId }),
      query: reportPage,
      answers: { 200: caseListShape },
      errors: ['producer-not-found'],
    },
    async ({ actor, params, query }) => {
      const { items, next } = await listProducerReports(db, actor, params.producer, query);
      return { status: 200, json: { items: items.map((one) => caseFor(actor, one)), next } };
    },
  );
  addOperation(
    api,
    {
      id: 'listReports',
      method: 'get',
      path: '/reports',
      tag,
      summary: { vi: 'Cán bộ xem phản ánh của tỉnh', en: 'Officers list the reports of the province' },
      access: 'signed-in',
      query: reportPage,
      answers: { 200: caseListShape },
      errors: ['not-allowed'],
    },
    async ({ actor, query }) => {
      const { items, next } = await listProvinceReports(db, actor, query);
      return { status: 200, json: { items: items.map((one) => caseFor(actor, one)), next } };
    },
  );
  addOperation(
    api,
    {
      id: 'readReport',
      method: 'get',
      path: '/reports/:report',
      tag,
      summary: { vi: 'Một phản ánh', en: 'One report' },
      access: 'signed-in',
      params: reportParams,
      answers: { 200: caseShape },
      errors: ['report-not-found'],
    },
    async ({ actor, params }) => ({ status: 200, json: caseFor(actor, await reportFor(db, actor, params.report)) }),
  );
};

/** Sending and looking up for anybody; lists, answers and erasing for those in charge. */
export function addReportsApi(api: Api, deps: Deps): void {
  const { db, clock } = deps;
  prepareReports(db);
  addSending(api, deps);
  addReading(api, deps);
  addOperation(
    api,
    {
      id: 'answerReport',
      method: 'post',
      path: '/reports/:report/answers',
      tag,
      summary: { vi: 'Trả lời một phản ánh', en: 'Answer a report' },
      access: 'signed-in',
      params: reportParams,
      body: newAnswer,
      answers: { 201: answerShape },
      errors: ['report-not-found', 'fields-wrong', 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      const answer = await answerReport(db, actor, params.report, body, clock());
      return { status: 201, json: answerJson(answer) };
    },
  );
  addOperation(
    api,
    {
      id: 'eraseReport',
      method: 'post',
      path: '/reports/:report/erasures',
      tag,
      summary: {
        vi: 'Cán bộ xoá cách liên hệ, hoặc cả lời và ảnh, theo yêu cầu của người gửi',
        en: 'An officer erases the contact, or words and photo as well, at the request of the sender',
      },
      access: 'signed-in',
      params: reportParams,
      body: reportErasing,
      answers: { 204: null },
      errors: ['report-not-found', 'not-allowed', 'fields-wrong', 'id-with-other-content'],
    },
    async ({ actor, params, body }) => {
      await eraseReport(db, actor, params.report, body, clock());
      return { status: 204, json: null };
    },
  );
}
