// A producer through the service, as an officer of its province registers it.
import type { Actor } from '../../src/actor.ts';
import { newProducer } from '../../src/producers/producers.input.ts';
import { createProducer, decideApproval } from '../../src/producers/producers.service.ts';
import type { ImportedProducer, Producer } from '../../src/producers/producers.types.ts';
import type { TestApp } from './app.ts';
import { aPhone } from './factories.accounts.ts';
import { aProducerUser, anOfficer, uuidv7 } from './factories.ts';

let lastNumber = 0;

/** A made-up tax code that no other producer of the run has; no real one begins with four zeros. */
export function aTaxCode(): string {
  lastNumber += 1;
  return `0000${String(lastNumber).padStart(6, '0')}`;
}

/** What the API is sent to register a cooperative of Thái Nguyên. */
export function newProducerJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: uuidv7(),
    legalName: 'Hợp tác xã Nương Mẫu',
    kind: 'cooperative',
    registrationNumber: aTaxCode(),
    address: { communeCode: '05740', communeName: 'Xã La Hiên', provinceCode: '19', street: 'Xóm Mẫu' },
    formerAddress: 'xã La Hiên, huyện Võ Nhai',
    hotline: '0900 000 000',
    story: 'Chủ thể hư cấu để thử.',
    ...parts,
  };
}

export type ProducerOptions = {
  parts?: Record<string, unknown>;
  /** Approved unless said otherwise. */
  approved?: boolean;
  sample?: boolean;
};

/** A registered and approved producer, with one of its own people and the officer who decided. */
export async function aProducer(
  app: TestApp,
  options: ProducerOptions = {},
): Promise<{ producer: Producer; owner: Actor; officer: Actor }> {
  const sent = newProducer.parse(newProducerJson(options.parts));
  const officer = anOfficer(sent.address.provinceCode);
  const now = app.deps.clock();
  const origin = { sample: options.sample ?? false };
  let producer = await createProducer(app.db, officer, sent, now, origin);
  if (options.approved ?? true)
    producer = await decideApproval(
      app.db,
      officer,
      producer.id,
      { id: uuidv7(), outcome: 'approved', reason: '' },
      now,
    );
  return { producer, owner: aProducerUser(producer.id), officer };
}

/** An owner as a list names it, under a key of its own. */
export function anImportedProducer(parts: Partial<ImportedProducer> = {}): ImportedProducer {
  return {
    importKey: `danh-sach-mau:${uuidv7()}`,
    legalName: 'Hợp tác xã Trong Danh Sách',
    kind: 'cooperative',
    provinceCode: '19',
    communeCode: '',
    communeName: '',
    formerAddress: 'Xã Mẫu, huyện Mẫu, tỉnh Bắc Kạn',
    source: 'Danh sách mẫu',
    ...parts,
  };
}

/** What somebody sends to register their own cooperative, through the API. */
export function newSignUpJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: uuidv7(),
    kind: 'cooperative',
    legalName: 'Hợp tác xã Tự Đăng Ký',
    registrationNumber: aTaxCode(),
    address: { communeCode: '05740', communeName: 'Xã La Hiên', provinceCode: '19', street: 'Xóm Mẫu' },
    representative: 'Nông Văn Mẫu',
    login: aPhone(),
    hotline: '0900 000 001',
    password: 'mưa nguồn suối lũ về bản',
    agreesToTerms: true,
    agreesToData: true,
    ...parts,
  };
}
