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
    const listener = (event: EventsByType<Event>[Type]): void => {
      try {
        handler(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    };
    this.#emitter.on(type, listener);
    return () => {
      this.#emitter.off(type, listener);
    };
  }

  /**
   * Hands an event to its handlers.
   *
   * @param event - What happened.
   */
  emit(event: Event): void {
    this.#emitter.emit(event.type, event);
  }

  /** Removes all handlers. */
  clear(): void {
    this.#emitter.removeAllListeners();
  }
}
