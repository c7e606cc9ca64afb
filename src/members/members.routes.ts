// Recorders through the API: signed in?, read input, call one service function, answer.
import express from 'express';
import type { Router } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { fromOf, requireSignedIn } from '../http/sign-in.ts';
import { apiBase } from '../paths.ts';
import { requireRecentProof } from '../proof.ts';
import { joining, memberName, newJoinCode, newMember } from './members.input.ts';
import { addJoinPages } from './members.join.pages.ts';
import { addMemberPages } from './members.pages.ts';
import * as service from './members.service.ts';
import * as view from './members.view.ts';

const ofProducer = z.object({ producer: recordId });
const ofMember = z.object({ member: recordId });
const ofDevice = z.object({ member: recordId, device: recordId });
const own = { tag: 'members', access: 'signed-in' } as const;

export function membersPages(deps: Deps): Router {
  const router = express.Router();
  addMemberPages(router, deps);
  addJoinPages(router, deps);
  return router;
}

export function addMembersApi(api: Api, deps: Deps): void {
  service.prepareMembers(deps.db);
  addPeople(api, deps);
  addPhones(api, deps);
  addJoining(api, deps);
}

const addPeople = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      ...own,
      id: 'listMembers',
      method: 'get',
      path: '/producers/:producer/members',
      summary: { vi: 'Người ghi chép của chủ thể và máy của họ', en: 'A producer’s recorders and their phones' },
      params: ofProducer,
      answers: { 200: view.membersAnswer },
      errors: ['producer-not-found', 'not-allowed'],
    },
    async ({ actor, params: { producer } }) => {
      const found = await service.listMembers(db, actor, producer, clock());
      return { status: 200, json: { items: found.map(view.memberJson) } };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'addMember',
      method: 'post',
      path: '/producers/:producer/members',
      summary: { vi: 'Thêm người ghi chép', en: 'Add a recorder' },
      params: ofProducer,
      body: newMember,
      answers: { 201: view.memberAnswer },
      errors: ['producer-not-found', 'not-allowed', 'password-needed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params: { producer }, body, res }) => {
      requireRecentProof(requireSignedIn(res), clock());
      const facts = await service.addMember(db, actor, producer, body, clock());
      const location = `${apiBase}/members/${facts.member.id}`;
      return { status: 201, json: view.memberJson(facts), location };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'readMember',
      method: 'get',
      path: '/members/:member',
      summary: { vi: 'Một người ghi chép', en: 'One recorder' },
      params: ofMember,
      answers: { 200: view.memberAnswer },
      errors: ['member-not-found', 'not-allowed'],
    },
    async ({ actor, params: { member } }) => ({
      status: 200,
      json: view.memberJson(await service.memberFor(db, actor, member, clock())),
    }),
  );

  addOperation(
    api,
    {
      ...own,
      id: 'renameMember',
      method: 'put',
      path: '/members/:member/name',
      summary: { vi: 'Đổi tên người ghi chép', en: 'Rename a recorder' },
      params: ofMember,
      body: memberName,
      answers: { 200: view.memberAnswer },
      errors: ['member-not-found', 'not-allowed', 'fields-wrong'],
    },
    async ({ actor, params: { member }, body }) => ({
      status: 200,
      json: view.memberJson(await service.renameMember(db, actor, member, body.name, clock())),
    }),
  );
};

const addPhones = (api: Api, { db, keys, clock, baseUrl }: Deps): void => {
  addOperation(
    api,
    {
      ...own,
      id: 'makeJoinCode',
      method: 'post',
      path: '/members/:member/codes',
      summary: { vi: 'Lấy mã để máy của người ghi chép vào sổ', en: 'Make a code that lets a recorder’s phone in' },
      params: ofMember,
      body: newJoinCode,
      answers: { 201: view.codeAnswer },
      errors: ['member-not-found', 'not-allowed', 'password-needed', 'member-revoked', 'fields-wrong'],
    },
    async ({ actor, params: { member }, body, res }) => {
      requireRecentProof(requireSignedIn(res), clock());
      const made = await service.makeJoinCode(db, keys.sessionKey, actor, member, body.endsOthers, clock());
      return { status: 201, json: view.codeJson(baseUrl, made) };
    },
  );

  addOperation(
    api,
    {
      ...own,
      id: 'revokeMember',
      method: 'post',
      path: '/members/:member/revocation',
      summary: { vi: 'Thu hồi quyền ghi, có hiệu lực ngay', en: 'Take the right to record away at once' },
      params: ofMember,
      answers: { 200: view.memberAnswer },
      errors: ['member-not-found', 'not-allowed'],
    },
    async ({ actor, params: { member } }) => ({
      status: 200,
      json: view.memberJson(await service.revokeMember(db, actor, member, clock())),
    }),
  );

  addOperation(
    api,
    {
      ...own,
      id: 'endDevice',
      method: 'post',
      path: '/members/:member/devices/:device/end',
      summary: { vi: 'Cho một máy ra khỏi sổ', en: 'End the session of one phone' },
      params: ofDevice,
      answers: { 204: null },
      errors: ['member-not-found', 'not-allowed'],
    },
    async ({ actor, params: { member, device } }) => {
      await service.endDevice(db, actor, member, device, clock());
      return { status: 204, json: null };
    },
  );
};

const addJoining = (api: Api, { db, keys, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'readInvitation',
      method: 'get',
      path: '/join/:code',
      tag: 'members',
      access: 'public',
      summary: {
        vi: 'Mã này của ai, vào sổ nào; xem không làm mất mã',
        en: 'Whom a code is for; looking does not use it up',
      },
      params: joining,
      answers: { 200: view.invitationAnswer },
      errors: ['join-code-used', 'join-code-over', 'page-not-found', 'too-many-requests'],
    },
    async ({ params: { code }, req }) => ({
      status: 200,
      json: await service.invitationOf(db, keys.sessionKey, code, fromOf(req), clock()),
    }),
  );

  addOperation(
    api,
    {
      id: 'join',
      method: 'post',
      path: '/join',
      tag: 'members',
      access: 'public',
      summary: { vi: 'Vào sổ bằng mã dùng một lần', en: 'Join with a code that works once' },
      body: joining,
      answers: {
        200: z.object({ accessToken: z.string(), expiresInSeconds: z.number().int(), refreshToken: z.string() }),
      },
      errors: ['join-code-used', 'join-code-over', 'fields-wrong', 'too-many-requests'],
    },
    async ({ body, req }) => {
      const opened = await service.join(db, keys.sessionKey, body.code, fromOf(req), clock());
      const { accessToken, accessSeconds: expiresInSeconds, refreshToken } = opened;
      return { status: 200, json: { accessToken, expiresInSeconds, refreshToken } };
    },
  );
};
