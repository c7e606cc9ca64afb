// Measures of the picture that goes with a shared address, as social networks ask for them.
export const shareSize = { width: 1200, height: 630 } as const;
