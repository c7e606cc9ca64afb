export const personal = {
  title: 'My data',
  exportTitle: 'Take a copy',
  exportText:
    'One JSON file with everything that is held about you: account, devices that are signed in, organisation and consents, the work that you recorded with its notes, and every record that names you.',
  exportButton: 'Download my data',
  eraseTitle: 'Erase me',
  eraseGoes: 'Goes at once: your name, telephone or e-mail, password, every session and every role.',
  eraseStays:
    'Stays: the work that was recorded, since labels that were sold must still open. Where your name stood it says since when it is erased, on request.',
  eraseEver: 'There is no way back. After a restore from a backup the erasure is carried out again.',
  eraseButton: 'Erase me',
  fields: {
    withContents: 'Erase the notes and photos of what I recorded as well',
    sure: 'I understand and want this',
  },
};
