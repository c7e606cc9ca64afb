export const producers = {};
