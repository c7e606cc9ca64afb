// Factories give a valid thing and take only what matters to the test.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../src/actor.ts';

export { uuidv7 };

/** A person of a producer. */
export function aProducerUser(producerId: string, name = 'Hoàng Thị Mẫu'): Actor {
  return { userId: uuidv7(), name, roles: [{ kind: 'producer', producerId }] };
}

/** A province officer, of Thái Nguyên (19) unless said otherwise. */
export function anOfficer(provinceCode = '19', name = 'Cán bộ Mẫu'): Actor {
  return { userId: uuidv7(), name, roles: [{ kind: 'province-officer', provinceCode }] };
}

/** An officer of a commune, of La Hiên (05740) unless said otherwise. */
export function aCommuneOfficer(communeCode = '05740', name = 'Cán bộ Xã Mẫu'): Actor {
  return { userId: uuidv7(), name, roles: [{ kind: 'commune-officer', communeCode }] };
}

export function anAdmin(): Actor {
  return { userId: uuidv7(), name: 'Quản trị Mẫu', roles: [{ kind: 'admin' }] };
}
