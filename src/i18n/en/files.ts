// Stored files as people look at them.
export const files = {
  noName: { document: 'Document', picture: 'Picture' },
  kind: {
    document: 'PDF file, {{size}}',
    picture: 'Picture of {{width}} × {{height}} pixels',
  },
  pages_one: '{{count}} page',
  pages_other: '{{count}} pages',
  onlyFirst: 'The file has {{count}} pages; the first {{shown}} can be seen here. Download the original for the rest.',
  page: 'Page {{page}} of {{count}}',
  pageAlt: 'Page {{page}} of {{name}}',
  pictureAlt: '{{name}}',
  previous: 'Previous page',
  next: 'Next page',
  turning: 'Turn pages',
  download: 'Download the original ({{size}})',
  notDrawn: 'This page can’t be drawn as a picture. Download the original to see it.',
  states: {
    encrypted: 'This file has a password, so its pages can’t be seen here. The sender can send a copy without one.',
    broken: 'This file is damaged or not a proper PDF, so it can’t be opened. The sender can send another copy.',
    empty: 'This file has no pages.',
    'too-heavy': 'This file is too heavy to be drawn as pictures for now. Download the original to see it.',
  },
  activeTitle: 'The file holds something that runs',
  active: {
    script: 'The original holds a script that runs by itself.',
    launch: 'The original asks to start another program.',
    embedded: 'The original carries other files inside.',
    'form-sending': 'The original holds a form that sends data away.',
  },
  activeSafe: 'The pages below are pictures and safe to look at. Open the original only if you trust its sender.',
  erased: 'Erased on request on {{day}}',
};
