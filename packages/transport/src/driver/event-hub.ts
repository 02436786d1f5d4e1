import { EventEmitter } from 'eventemitter3';

/** Stops an event handler. Calling it again does nothing. */
export type Unsubscribe = () => void;

/** Anything that has a name for its kind. */
interface TypedEvent {
  readonly type: string;
}

/** The events of a union by their type. */
export type EventsByType<Event extends TypedEvent> = {
  readonly [Type in Event['type']]: Extract<Event, { type: Type }>;
};

/** Symbols are names of events, too, and no type of event is one. */
const anyEvent = Symbol('any event');

/**
 * Hands events to the handlers of their type, synchronously. What a handler throws does not come back into the
 * machine that is being drained: it is thrown again where Node reports uncaught exceptions.
 */
export class EventHub<Event extends TypedEvent> {
  readonly #emitter = new EventEmitter();

  /**
   * Adds a handler for one type of event.
   *
   * @param type - The event's type.
   * @param handler - Is called with each event of that type.
   * @returns What removes the handler.
   */
  on<Type extends Event['type']>(
    type: Type,
    handler: (event: EventsByType<Event>[Type]) => void,
  ): Unsubscribe {
    const listener = guarded(handler);
    this.#emitter.on(type, listener);
    return () => {
      this.#emitter.off(type, listener);
    };
  }

  /**
   * Adds a handler for every event.
   *
   * @param handler - Is called with each event, after the handlers of its type.
   * @returns What removes the handler.
   */
  onAny(handler: (event: Event) => void): Unsubscribe {
    const listener = guarded(handler);
    this.#emitter.on(anyEvent, listener);
    return () => {
      this.#emitter.off(anyEvent, listener);
    };
  }

  /**
   * Hands an event to its handlers.
   *
   * @param event - What happened.
   */
  emit(event: Event): void {
    this.#emitter.emit(event.type, event);
    this.#emitter.emit(anyEvent, event);
  }

  /** Removes all handlers. */
  clear(): void {
    this.#emitter.removeAllListeners();
  }
}

/** What a handler throws must not come back into the machine that is being drained. */
function guarded<Event>(handler: (event: Event) => void): (event: Event) => void {
  return (event) => {
    try {
      handler(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}
