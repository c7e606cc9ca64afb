// Places in a page where something differs for each reader. Views put marks there; whoever sends the page fills them (http/slotted-page.ts).

/** Text that stands for a slot. No template and no one's text holds these private signs. */
export function slotMark(name: string): string {
  return `\uE000${name}\uE001`;
}

export const slotMarks = /\uE000([a-zA-Z]+)\uE001/;

/** What differs between the codes of one lot: as in an address, as printed, the warning above and the scans below; and for who is signed in. */
export const codeSlot = slotMark('code');
export const codeTextSlot = slotMark('codeText');
export const doubtSlot = slotMark('doubt');
export const scansSlot = slotMark('scans');
export const renewalSlot = slotMark('renewal');
