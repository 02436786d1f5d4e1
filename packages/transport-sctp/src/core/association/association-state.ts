/** The states of an association (RFC 9260 section 4), in such an order that ranges of them can be asked for. */
export const AssociationState = {
  closed: 0,
  cookieWait: 1,
  cookieEchoed: 2,
  established: 3,
  shutdownPending: 4,
  shutdownReceived: 5,
  shutdownSent: 6,
  shutdownAckSent: 7,
} as const;

/** One of {@link AssociationState}. */
export type AssociationState = (typeof AssociationState)[keyof typeof AssociationState];

/** Whether DATA may be sent (section 6), except what goes with COOKIE ECHO. */
export function maySendData(state: AssociationState): boolean {
  return state >= AssociationState.established && state <= AssociationState.shutdownReceived;
}

/** Whether DATA is accepted (section 6). */
export function mayReceiveData(state: AssociationState): boolean {
  return (
    state === AssociationState.established ||
    state === AssociationState.shutdownPending ||
    state === AssociationState.shutdownSent
  );
}

/** Whether HEARTBEATs are sent (section 8.3): from ESTABLISHED until SHUTDOWN or SHUTDOWN ACK was sent. */
export function maySendHeartbeats(state: AssociationState): boolean {
  return state >= AssociationState.established && state <= AssociationState.shutdownReceived;
}

/** Whether a HEARTBEAT is answered (section 8.3). */
export function mayAnswerHeartbeats(state: AssociationState): boolean {
  return state >= AssociationState.cookieEchoed && state <= AssociationState.shutdownSent;
}
