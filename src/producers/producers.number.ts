/** The registration number by which two records are compared: letters and digits only. */
export function numberKey(typed: string): string {
  return typed
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
