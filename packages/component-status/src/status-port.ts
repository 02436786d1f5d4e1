/** The UDP port of the Component Status Protocol, as the reference implementation has it; IANA has assigned none. */
export const statusPort = 2960;
