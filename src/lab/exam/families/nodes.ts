/** The nodes of a scenario that does not say which. */
export const nodes = [1, 2, 3].map((number) => ({ name: `node-${number}`, address: `192.168.0.${10 + number}` }));
