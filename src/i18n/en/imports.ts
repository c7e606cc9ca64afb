// Lists on their way in: what is wrong with a file or a row, and what an import says of itself.
export const imports = {
  faults: {
    'file-empty': 'The file is empty.',
    'file-no-rows': 'The file has its headings only and no row below them.',
    'file-too-large': 'The file is larger than {{maximum}} MB.',
    'file-too-heavy': 'The Excel file unpacks to more than {{maximum}} MB or takes too long to open, so it is not read.',
    'file-too-many-rows': 'The file has more than {{maximum}} rows. Split it into several files.',
    'file-too-many-columns': 'The file has more than {{maximum}} columns.',
    'file-old-excel': 'An Excel file of the old kind (.xls) or behind a password. Open it, remove the password and save it as .xlsx or CSV.',
    'file-not-table': 'This file is neither CSV nor Excel.',
    'file-broken': 'The file is damaged or not a proper Excel file (.xlsx), so it can’t be opened.',
    'file-quote-open': 'A quotation mark is opened and never closed, from line {{line}} on.',
    'heading-missing': 'This column is missing.',
    'heading-twice': 'This column is there twice.',
    'heading-empty': 'Column {{position}} has no name.',
    'heading-characters': 'The name of column {{position}} has odd characters.',
    'cells-count': 'This row has {{found}} cells, the headings name {{expected}} columns.',
    'cell-characters': 'There is a control character, a character that turns the direction, or one that can’t be read.',
    'cell-formula': 'This cell shows the formula error {{value}}.',
    'cell-too-long': 'Too long, at most {{maximum}} characters.',
  },
};
