// Root hooks of the whole run.
export const mochaHooks = {};
