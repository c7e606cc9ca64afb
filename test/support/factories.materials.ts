// Materials and lines of their stock book through the service.
import type { Actor } from '../../src/actor.ts';
import { newMaterial, newMove } from '../../src/materials/materials.input.ts';
import { createMaterial } from '../../src/materials/materials.service.ts';
import { recordMove } from '../../src/materials/materials.stock.service.ts';
import type { Material, MaterialMove } from '../../src/materials/materials.types.ts';
import type { TestApp } from './app.ts';
import { uuidv7 } from './factories.ts';

type Json = Record<string, unknown>;

/** What the API is sent to add a pesticide with a waiting time of seven days, kept in litres. */
export function newMaterialJson(parts: Json = {}): Json {
  return {
    id: uuidv7(),
    name: 'Thuốc trừ sâu Bt Mẫu',
    kind: 'pesticide',
    maker: 'Công ty Mẫu',
    activeIngredient: 'Bacillus thuringiensis',
    registrationNumber: '000/CNĐKT-BVTV (mẫu)',
    waitDays: 7,
    unit: 'l',
    ...parts,
  };
}

export function newMoveJson(parts: Json = {}): Json {
  return { id: uuidv7(), kind: 'in', amount: 10, on: '2026-08-01', lot: 'BT-01', supplier: 'Đại lý Mẫu', ...parts };
}

export function aMaterial(app: TestApp, owner: Actor, producerId: string, parts: Json = {}): Promise<Material> {
  return createMaterial(app.db, owner, producerId, newMaterial.parse(newMaterialJson(parts)), app.deps.clock());
}

export function aMove(app: TestApp, owner: Actor, materialId: string, parts: Json = {}): Promise<MaterialMove> {
  return recordMove(app.db, owner, materialId, newMove.parse(newMoveJson(parts)), app.deps.clock());
}
