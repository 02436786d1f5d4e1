import type { CalcAppPacket } from './calc-app-packet.ts';
import type { CalcAppState } from './calc-app-state.ts';

/** Tells the sessions of an element apart. */
export type ServedSessionId = number;

/** What may happen to a {@link CalcAppServerMachine}. */
export type CalcAppServerInput =
  /** A packet of a user. */
  | { readonly type: 'packet'; readonly session: ServedSessionId; readonly packet: CalcAppPacket }
  /** A user came with the cookie of a lost element. */
  | { readonly type: 'resume'; readonly session: ServedSessionId; readonly state: CalcAppState }
  /** A user has gone. */
  | { readonly type: 'sessionEnded'; readonly session: ServedSessionId }
  /** The element leaves: each job is handed back with a cookie of its exact state, so that no work is lost. */
  | { readonly type: 'shutdown' };

/** What a {@link CalcAppServerMachine} may want done. */
export type CalcAppServerOutput =
  /** Send a packet to a user. */
  | { readonly type: 'send'; readonly session: ServedSessionId; readonly packet: CalcAppPacket }
  /** Hand a user a cookie with the state of its job. */
  | { readonly type: 'cookie'; readonly session: ServedSessionId; readonly state: CalcAppState }
  /** End a session whose user does not answer. */
  | { readonly type: 'end'; readonly session: ServedSessionId }
  /** The load is another one: jobs divided by their maximum, 0 .. 1. */
  | { readonly type: 'load'; readonly fraction: number }
  /** Something happened. */
  | { readonly type: 'event'; readonly event: CalcAppServerEvent };

/** What happens to the jobs of an element. */
export type CalcAppServerEvent =
  /** A job was begun, or goes on with what its cookie says is done. */
  | {
      readonly type: 'jobAccepted';
      readonly session: ServedSessionId;
      readonly job: CalcAppState;
      readonly resumed: boolean;
      readonly jobs: number;
    }
  /** A job was rejected: `busy` with others, or its session has one already (a session has one cookie). */
  | {
      readonly type: 'jobRejected';
      readonly session: ServedSessionId;
      readonly job: CalcAppState;
      readonly reason: 'busy' | 'secondJob';
      readonly jobs: number;
    }
  /** A job is done. */
  | {
      readonly type: 'jobCompleted';
      readonly session: ServedSessionId;
      readonly job: CalcAppState;
      readonly jobs: number;
    }
  /** A job is not calculated any more: its user has gone, gave it up or did not answer, or the element leaves. */
  | {
      readonly type: 'jobDropped';
      readonly session: ServedSessionId;
      readonly job: CalcAppState;
      readonly reason: 'sessionEnded' | 'abort' | 'keepAliveTimeout' | 'shutdown';
      readonly jobs: number;
    }
  /** A user sent what only elements send; it was ignored. */
  | {
      readonly type: 'unexpectedPacket';
      readonly session: ServedSessionId;
      readonly packetType: CalcAppPacket['type'];
    };
