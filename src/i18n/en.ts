// All texts in English, one file a feature.
import { accounts } from './en/accounts.ts';
import { api } from './en/api.ts';
import { app } from './en/app.ts';
import { backup } from './en/backup.ts';
import { batches } from './en/batches.ts';
import { catalog } from './en/catalog.ts';
import { certificates } from './en/certificates.ts';
import { common } from './en/common.ts';
import { consents } from './en/consents.ts';
import { errors } from './en/errors.ts';
import { fields } from './en/fields.ts';
import { files } from './en/files.ts';
import { imports } from './en/imports.ts';
import { labels } from './en/labels.ts';
import { links } from './en/links.ts';
import { materials } from './en/materials.ts';
import { members } from './en/members.ts';
import { personal } from './en/personal.ts';
import { producers } from './en/producers.ts';
import { products } from './en/products.ts';
import { protocols } from './en/protocols.ts';
import { recalls } from './en/recalls.ts';
import { reports } from './en/reports.ts';
import { scans } from './en/scans.ts';
import { scorecards } from './en/scorecards.ts';
import { security } from './en/security.ts';
import { sites } from './en/sites.ts';
import { steps } from './en/steps.ts';
import { trace } from './en/trace.ts';
import { units } from './en/units.ts';

export const en = {
  accounts,
  api,
  app,
  backup,
  batches,
  catalog,
  certificates,
  common,
  consents,
  errors,
  fields,
  files,
  imports,
  labels,
  links,
  materials,
  members,
  personal,
  producers,
  products,
  protocols,
  recalls,
  reports,
  scans,
  scorecards,
  security,
  sites,
  steps,
  trace,
  units,
};
