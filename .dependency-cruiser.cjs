// Which way imports may point (see "Map of src" in README.md). `npm run arrows` fails on one that points the other way.
const features = [
  'accounts',
  'units',
  'renewals',
  'scorecards',
  'protocols',
  'producers',
  'members',
  'sites',
  'products',
  'certificates',
  'dossiers',
  'materials',
  'batches',
  'steps',
  'recalls',
  'labels',
  'scans',
  'checks',
  'trace',
  'links',
  'catalog',
  'imports',
  'reports',
  'personal',
  'dashboard',
];
const platform = '^src/(codes|audit|files|geometry|i18n|http|db|importing|backup)/';
const anyFeature = `^src/(${features.join('|')})/`;
const role = (name) => `\\.${name}\\.ts$`;

// Between features only services and types are visible, and only to the left.
const toTheLeft = features.map((feature, index) => ({
  name: `${feature}-looks-left-only`,
  severity: 'error',
  from: { path: `^src/${feature}/` },
  to: { path: `^src/(${features.slice(index + 1).join('|') || 'none'})/` },
}));

const servicesAndTypesOnly = features.map((feature) => ({
  name: `${feature}-sees-services-and-types-only`,
  severity: 'error',
  from: { path: `^src/${feature}/` },
  to: { path: anyFeature, pathNot: [`^src/${feature}/`, role('service'), role('types')] },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'platform-imports-no-feature', severity: 'error', from: { path: platform }, to: { path: anyFeature } },
    {
      name: 'only-routes-import-http',
      severity: 'error',
      from: { path: anyFeature, pathNot: [role('routes'), role('pages')] },
      to: { path: '^src/http/' },
    },
    {
      name: 'only-models-and-db-import-mongoose',
      severity: 'error',
      from: { path: '^src/', pathNot: [role('model'), '^src/db/', '^src/files/', '^src/audit/'] },
      to: { path: 'node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'types-import-types-only',
      severity: 'error',
      from: { path: role('types') },
      to: { path: '^src/', pathNot: [role('types'), '^src/(days|actor|proof|db/connect)\\.ts$'] },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: role('rules') },
      to: {
        path: [
          '^src/(db|http|files|audit)/',
          role('(service|model|view|routes|pages)'),
          'node_modules/express/',
          'node_modules/mongoose/',
        ],
      },
    },
    {
      name: 'inputs-are-shapes',
      severity: 'error',
      from: { path: role('input') },
      to: { path: ['^src/(db|http|files|audit)/', role('(service|model|view|rules|routes|pages)')] },
    },
    {
      name: 'models-know-types-only',
      severity: 'error',
      from: { path: role('model') },
      to: { path: ['^src/(http|i18n)/', role('(service|view|input|rules|routes|pages)')] },
    },
    {
      name: 'views-do-not-fetch',
      severity: 'error',
      from: { path: role('view'), pathNot: '^src/system/' },
      to: { path: ['^src/(db|http|files|audit)/', role('(service|model|routes|pages)')] },
    },
    {
      name: 'services-do-not-show',
      severity: 'error',
      from: { path: role('service') },
      to: { path: ['^src/(http|i18n)/', role('(view|routes|pages)')] },
    },
    {
      name: 'routes-do-not-decide',
      severity: 'error',
      from: { path: [role('routes'), role('pages')] },
      to: { path: [role('model'), role('rules')] },
    },
    {
      name: 'sources-import-no-tests-or-scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    ...toTheLeft,
    ...servicesAndTypesOnly,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
