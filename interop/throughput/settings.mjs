// What both registrars are given alike.

/** Longer than any run: the load alone is measured. */
export const keepAliveIntervalMs = 3_600_000;

/** Where they serve; an address of the guest's loopback device. */
export const address = '10.203.99.1';

/** Three members, because the reference lists three of a pool unless the user asks for more or fewer. */
export const handlespace = { pools: 1000, members: 3 };

/** How many requests are under way. */
export const windows = [1, 16, 64];
