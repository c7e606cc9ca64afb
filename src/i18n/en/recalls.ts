export const recalls = {};
