/** Why a takeover attempt of this registrar ended without it. */
export type TakeoverCancellation =
  /** The target sent a presence: it lives (RFC 5353 section 3.5.1). */
  | 'targetAlive'
  /** A peer with precedence arbitrates for the same target (RFC 5353 section 3.5.1 item 2A). */
  | 'lostArbitration'
  /** A peer announced that it has taken the target over. */
  | 'takenOverByPeer';

/** What happens when a registrar failed (RFC 5353 section 3.5). `target` is always the one that failed. */
export type EnrpTakeoverEvent =
  /** ENRP_INIT_TAKEOVER went out; the acknowledgements of `awaited` are missing. */
  | { readonly type: 'takeoverStarted'; readonly target: number; readonly awaited: readonly number[] }
  /** A peer agreed to this registrar's takeover; `missing` acknowledgements are left. */
  | {
      readonly type: 'takeoverAcknowledgementReceived';
      readonly target: number;
      readonly peer: number;
      readonly missing: number;
    }
  /** Acknowledgements are missing after MAX-TIME-NO-RESPONSE: those peers are probed and asked again. */
  | {
      readonly type: 'takeoverAcknowledgementMissing';
      readonly target: number;
      readonly missing: readonly number[];
      readonly attempt: number;
    }
  /** This registrar agreed to the takeover by `initiator` and stops to monitor the target. */
  | { readonly type: 'takeoverAcknowledged'; readonly target: number; readonly initiator: number }
  /** This registrar ignored the attempt of `initiator`, because its own has precedence. */
  | { readonly type: 'takeoverDisputed'; readonly target: number; readonly initiator: number }
  /** This registrar's attempt is over; `peer` has precedence or has won, where that is the reason. */
  | {
      readonly type: 'takeoverCancelled';
      readonly target: number;
      readonly reason: TakeoverCancellation;
      readonly peer: number | undefined;
    }
  /** An acknowledged takeover was not completed in time: the target is monitored again. */
  | { readonly type: 'takeoverExpired'; readonly target: number }
  /** This registrar has won: ENRP_TAKEOVER_SERVER went out and `elements` elements are its own now. */
  | { readonly type: 'takeoverServerSent'; readonly target: number; readonly elements: number }
  /** `by` announced that it has taken `target` over; `elements` elements changed their home here. */
  | { readonly type: 'takenOverBy'; readonly target: number; readonly by: number; readonly elements: number }
  /** An element has registered here that `peer` suits better: it was asked to take the element over. */
  | {
      readonly type: 'takeoverSuggested';
      readonly peer: number;
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    }
  /** `peer` asked this registrar to take an element over: it is its home now, and tells the element. */
  | {
      readonly type: 'takeoverSuggestionFollowed';
      readonly peer: number;
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    }
  /** Somebody tries to take this very registrar over; presences went out to stop it. */
  | { readonly type: 'takeoverContested'; readonly initiator: number };
