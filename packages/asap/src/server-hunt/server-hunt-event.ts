import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';

/** Why a hunt for a registrar starts (RFC 5352 section 3.6). */
export type ServerHuntReason =
  /** A request has to be sent and there is no home registrar (sections 3.1 and 3.3). */
  | 'noHomeRegistrar'
  /** A request was not answered in time: T1, T2 or T3 expired. */
  | 'requestTimeout'
  /** The association broke while a request was outstanding (section 3.7.1). */
  | 'sendFailure'
  /** Nobody adopted the pool element within `homeRegistrarLossGraceMs`. */
  | 'homeRegistrarLost';

/** What a hunt for a registrar reports, and the list of registrars with it (RFC 5352 section 3.6). */
export type ServerHuntEvent =
  /** A hunt starts; `knownRegistrars` is the length of the list. */
  | {
      readonly type: 'serverHuntStarted';
      readonly reason: ServerHuntReason;
      readonly knownRegistrars: number;
    }
  /** SH1/SH4: an association is being opened. */
  | {
      readonly type: 'serverHuntAttempt';
      readonly round: number;
      readonly association: AssociationId;
      readonly remote: RemoteEndpoint;
    }
  /** SH4: it could not be opened. */
  | {
      readonly type: 'serverHuntAttemptFailed';
      readonly round: number;
      readonly association: AssociationId;
      readonly remote: RemoteEndpoint;
      readonly reason: string;
    }
  /** SH5: T5-Serverhunt expired; the next round lasts `nextTimeoutMs`. */
  | { readonly type: 'serverHuntTimeout'; readonly round: number; readonly nextTimeoutMs: number }
  /** SH6: a registrar is found, the hunt is over. */
  | {
      readonly type: 'serverHuntSucceeded';
      readonly round: number;
      readonly association: AssociationId;
      readonly remote: RemoteEndpoint;
    }
  /** The hunt gave up after `maximumServerHuntRounds`. */
  | { readonly type: 'serverHuntFailed'; readonly rounds: number }
  /** The hunt ended because it is not needed any more (answered or adopted meanwhile, or shut down). */
  | { readonly type: 'serverHuntStopped'; readonly round: number }
  /** An ASAP_SERVER_ANNOUNCE told of a new address of a registrar. */
  | { readonly type: 'registrarLearnt'; readonly serverIdentifier: number; readonly remote: RemoteEndpoint }
  /** T7-ENRPoutdate of an announced address expired. */
  | {
      readonly type: 'registrarOutdated';
      readonly serverIdentifier: number;
      readonly remote: RemoteEndpoint;
    };
