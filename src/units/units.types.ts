// Administrative units as they stand since 1 July 2025 (two levels: province and commune), and their outlines.
import type { MultiPolygon, Polygon } from 'geojson';

export const unitKinds = ['province', 'city', 'commune', 'ward', 'special-zone'] as const;
export type UnitKind = (typeof unitKinds)[number];

export type Unit = {
  /** General Statistics Office code: two digits for a province, five for a commune; zeros in front belong to it. */
  code: string;
  /** Without the kind: La Hiên. */
  name: string;
  /** With it: Xã La Hiên. */
  fullName: string;
  kind: UnitKind;
  /** Code of the province a commune belongs to; '' for a province. */
  parentCode: string;
};

/** A unit with the words by which lists find and sort it. */
export type UnitRecord = Unit & { foldedName: string; searchWords: string[] };

export const outlineLevels = ['province', 'commune'] as const;
export type OutlineLevel = (typeof outlineLevels)[number];

/** West, south, east, north in degrees. */
export type Bbox = [west: number, south: number, east: number, north: number];

export type Outline = {
  code: string;
  name: string;
  fullName: string;
  level: OutlineLevel;
  /** WGS 84, longitude first, closed rings. */
  geometry: Polygon | MultiPolygon;
  bbox: Bbox;
};

/** An outline with the thinned one that maps draw, so that no page reads tens of thousands of corners. */
export type OutlineRecord = Outline & { sketch: Polygon | MultiPolygon };

/** A commune among the communes around it, and its province where that outline is known; all thinned for drawing. */
export type CommuneArea = { commune: Outline; neighbours: Outline[]; province: Outline | undefined };

/** Hoàng Sa and Trường Sa, which no map of the country may lack. */
export type ArchipelagoKey = 'hoang-sa' | 'truong-sa';
