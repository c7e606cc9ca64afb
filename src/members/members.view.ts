// Recorders, their phones and codes, in words and as JSON.
import { z } from 'zod';
import { qrPath } from '../codes/qr-path.ts';
import { dayOf } from '../days.ts';
import { formatDay, formatMoment, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Device, MadeCode, MemberFacts } from './members.types.ts';

export const memberFields = ['id', 'name', 'phone', 'agreed', 'password'] as const;

/** 7K3M9-QXC2A: as it is read aloud. */
const shownCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

const stateWords = (language: Language, { member, devices }: MemberFacts): string => {
  if (member.revokedAt !== undefined)
    return t(language, 'members.revokedOn', { day: formatDay(language, dayOf(member.revokedAt)) });
  const last = devices.map(({ lastUsedAt }) => lastUsedAt.getTime()).sort((one, other) => other - one)[0];
  if (last === undefined) return t(language, 'members.noDevice');
  return t(language, 'members.lastUsed', { moment: formatMoment(language, new Date(last)) });
};

export function memberCard(language: Language, facts: MemberFacts) {
  return {
    name: facts.name,
    phone: formatPhone(facts.member.phone),
    state: stateWords(language, facts),
    isRevoked: facts.member.revokedAt !== undefined,
    href: paths.appMember(facts.member.id),
  };
}

const deviceRow = (language: Language, memberId: string, device: Device) => ({
  name: device.name === '' ? t(language, 'members.someDevice') : device.name,
  joined: t(language, 'members.joinedOn', { day: formatDay(language, dayOf(device.joinedAt)) }),
  used: t(language, 'members.lastUsed', { moment: formatMoment(language, device.lastUsedAt) }),
  endAction: paths.appMemberDeviceEnd(memberId, device.id),
});

/** Data of views/members/member.hbs beside its forms. `asksPassword`: the owner's was not shown lately. */
export function memberPage(language: Language, facts: MemberFacts, asksPassword: boolean) {
  const { id } = facts.member;
  return {
    ...memberCard(language, facts),
    back: paths.appMembers,
    asksPassword,
    codesAction: paths.appMemberCodes(id),
    nameAction: paths.appMemberName(id),
    revokeAction: paths.appMemberRevocation(id),
    devices: facts.devices.map((device) => deviceRow(language, id, device)),
  };
}

/** What the owner shows the farmer: the symbol, the address, the code, and until when. */
export function codePage(language: Language, baseUrl: string, memberId: string, made: MadeCode) {
  const link = `${baseUrl}${paths.joinWith(made.code)}`;
  return {
    back: paths.appMember(memberId),
    lead: t(language, 'members.codeLead', { name: made.memberName }),
    qr: qrPath(link),
    link,
    code: shownCode(made.code),
    typeAt: `${baseUrl}${paths.join}`.replace(/^https?:\/\//, ''),
    until: t(language, 'members.codeUntil', { moment: formatMoment(language, made.expiresAt) }),
  };
}

export const deviceAnswer = z.object({
  id: z.string(),
  name: z.string(),
  joinedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
});
export const memberAnswer = z.object({
  id: z.string(),
  producerId: z.string(),
  name: z.string(),
  phone: z.string(),
  addedAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  devices: z.array(deviceAnswer),
});
export const membersAnswer = z.object({ items: z.array(memberAnswer) });
export const codeAnswer = z.object({ code: z.string(), link: z.url(), expiresAt: z.iso.datetime() });
export const invitationAnswer = z.object({ memberName: z.string(), producerName: z.string() });

export function memberJson({ member, name, devices }: MemberFacts): z.output<typeof memberAnswer> {
  const { id, producerId, phone, addedAt, revokedAt } = member;
  return {
    id,
    producerId,
    name,
    phone,
    addedAt: addedAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    devices: devices.map((device) => ({
      id: device.id,
      name: device.name,
      joinedAt: device.joinedAt.toISOString(),
      lastUsedAt: device.lastUsedAt.toISOString(),
    })),
  };
}

export function codeJson(baseUrl: string, { code, expiresAt }: MadeCode): z.output<typeof codeAnswer> {
  return { code, link: `${baseUrl}${paths.joinWith(code)}`, expiresAt: expiresAt.toISOString() };
}
