// All texts in Vietnamese, one file a feature.
import { accounts } from './vi/accounts.ts';
import { api } from './vi/api.ts';
import { app } from './vi/app.ts';
import { backup } from './vi/backup.ts';
import { batches } from './vi/batches.ts';
import { catalog } from './vi/catalog.ts';
import { certificates } from './vi/certificates.ts';
import { common } from './vi/common.ts';
import { consents } from './vi/consents.ts';
import { errors } from './vi/errors.ts';
import { fields } from './vi/fields.ts';
import { files } from './vi/files.ts';
import { imports } from './vi/imports.ts';
import { labels } from './vi/labels.ts';
import { links } from './vi/links.ts';
import { materials } from './vi/materials.ts';
import { members } from './vi/members.ts';
import { personal } from './vi/personal.ts';
import { producers } from './vi/producers.ts';
import { products } from './vi/products.ts';
import { protocols } from './vi/protocols.ts';
import { recalls } from './vi/recalls.ts';
import { reports } from './vi/reports.ts';
import { scans } from './vi/scans.ts';
import { scorecards } from './vi/scorecards.ts';
import { security } from './vi/security.ts';
import { sites } from './vi/sites.ts';
import { steps } from './vi/steps.ts';
import { trace } from './vi/trace.ts';
import { units } from './vi/units.ts';

export const vi = {
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
