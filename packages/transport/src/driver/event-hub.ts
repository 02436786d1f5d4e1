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
  readonly #listeners: Set<(event: Event) => void> = new Set();

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
    return this.#listen(type, guarded<Event>(handler as (event: Event) => void));
  }

  /**
   * Adds a handler for every event.
   *
   * @param handler - Is called with each event, after the handlers of its type.
   * @returns What removes the handler.
   */
  onAny(handler: (event: Event) => void): Unsubscribe {
    return this.#listen(anyEvent, guarded(handler));
  }

  /**
   * Hands an event to its handlers.
   *
   * @param event - What happened.
   */
  emit(event: Event): void {
    // Most events are heard by nobody.
    if (this.#listeners.size === 0) return;
    this.#emitter.emit(event.type, event);
    this.#emitter.emit(anyEvent, event);
  }

  /** Removes all handlers. */
  clear(): void {
    this.#emitter.removeAllListeners();
    this.#listeners.clear();
  }

  #listen(type: string | symbol, listener: (event: Event) => void): Unsubscribe {
    this.#emitter.on(type, listener);
    this.#listeners.add(listener);
    return () => {
      this.#emitter.off(type, listener);
      this.#listeners.delete(listener);
    };
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
