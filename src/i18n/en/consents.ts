export const consents = {
  title: 'What may be public',
  open: 'See and change what you agreed to',
  saved: 'Saved. The public pages follow at once.',
  leadHousehold:
    'A household is a person. What you have not agreed to, nobody outside sees. Agree item by item; take back at any time, without a reason.',
  leadOrganisation:
    'Name, address and telephone of an organisation are facts of a business, so they show. Here only the person who speaks for it is asked.',
  onPaper: 'Enter this only when the producer agreed on paper or in front of you. Every entry keeps who made it.',
  agree: 'Agree',
  takeBack: 'Take back',
  agreeTo: 'Agree: {{item}}',
  takeBackOf: 'Take back: {{item}}',
  never: 'Not agreed.',
  agreed: 'Agreed since {{day}}.',
  takenBack: 'Taken back on {{day}}.',
  history: 'What was said so far',
  historyAgreed: 'Agreed “{{item}}” (wording of {{version}})',
  historyTakenBack: 'Took back “{{item}}”',
  copies:
    'When you take back, our pages stop showing it within 5 seconds. Copies that others loaded or photographed before are beyond our reach.',
  privacyLink: 'What we keep, and how long',
  items: {
    'public-name': {
      title: 'Show the household’s name',
      text: 'Whoever scans a label or opens a product’s page sees the household’s name, hamlet, numbers, own words and shops. Otherwise it says “a household” with commune and province.',
    },
    'public-phone': {
      title: 'Show the telephone number',
      text: 'Whoever scans a label sees the household’s number and can call. Otherwise no number shows.',
    },
    'public-place': {
      title: 'Show exactly where it is made',
      text: 'The map draws the outlines of the household’s gardens, fields and workshops. Otherwise only the commune is told.',
    },
    'public-photos': {
      title: 'Show photos of the work',
      text: 'Whoever scans a label sees photos taken at work, on which people and the house may be. Otherwise it only says that there are photos. Pictures of the product are not meant here.',
    },
    'label-name': {
      title: 'Print name and address on labels',
      text: 'Labels of goods must bear the maker’s name and address, so without this no label can be printed. Taken back, no more are printed; those that are printed keep the name.',
    },
    'public-representative': {
      title: 'Show the representative’s name',
      text: 'Public pages name the person who speaks for the producer. Otherwise nobody is named.',
    },
  },
};
