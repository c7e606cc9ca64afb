// What a step says of the material that it used. Pure.
//
// A waiting time that is not known is never 0. What a step was recorded with stays: a material whose interval is changed later changes no step
// and no verdict by itself. Where a spray was recorded while its material had none, and the label is entered since, the owner corrects the
// spray, and the correction (a new record) takes the interval that the material has by then; what the spray held meanwhile is settled with a
// reason like any other hold.
import type { Material } from '../materials/materials.types.ts';
import type { NewStep } from './steps.input.ts';
import type { Step, StepData } from './steps.types.ts';

type Told = Pick<NewStep, 'kind' | 'amount' | 'unit' | 'material' | 'waitDays' | 'unitsPacked'>;

/**
 * The data of a step. `material` is the one that it names from the store. The interval is the one given; else, of a correction that stays with
 * the same material, the one recorded before; else that of the material; else unknown.
 */
export function dataOf(sent: Told, material: Material | undefined, replaced: Step | undefined): StepData {
  const { amount, unit, waitDays, unitsPacked } = sent;
  if (material === undefined) return { amount, unit, material: sent.material, waitDays, unitsPacked };
  const named = { amount, unit, unitsPacked, material: material.name, materialId: material.id };
  if (sent.kind !== 'spray') return { ...named, waitDays: undefined };
  if (waitDays !== undefined) return { ...named, waitDays, waitSource: 'person' };
  const before = replaced?.data.materialId === material.id ? replaced.data.waitDays : undefined;
  return { ...named, waitDays: before ?? material.waitDays, waitSource: 'material' };
}

/** The days that a spray could take over from its material by a correction; undefined when it needs none or there are none. */
export function waitToTakeOver(step: Pick<Step, 'kind' | 'data'>, materials: readonly Material[]): number | undefined {
  if (step.kind !== 'spray' || step.data.waitDays !== undefined) return undefined;
  return materials.find(({ id }) => id === step.data.materialId)?.waitDays;
}
