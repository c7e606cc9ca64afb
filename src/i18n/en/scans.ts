export const scans = {
  title: 'Codes in doubt',
  about:
    'Codes of single packs that are scanned in many places or too often. The label may have been copied; a genuine code may also be seen by many. Counted by day and province only; who scanned is not known.',
  none: 'No code is in doubt.',
  reason: { places: 'Scanned in many places.', many: 'Scanned too often.' },
  count: '{{n}} times, first on {{day}}.',
  nowhere: 'place not known',
};
