// The producers' own pages: menu, home, choosing a batch, "Mine".
export const app = {
  menu: {
    label: 'Main',
    home: 'Home',
    record: 'Record',
    batches: 'Batches',
    labels: 'Labels',
    me: 'Mine',
    certificates: 'Certificates',
    producers: 'Producers',
    users: 'People',
  },
};
