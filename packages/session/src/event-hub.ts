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

/** The name under which handlers of all types are kept; no event has it. */
const anyType = '*';

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
    return this.#add(type, handler);
  }

  /**
   * Adds a handler for all types of events.
   *
   * @param handler - Is called with each event, before the handlers of its type.
   * @returns What removes the handler.
   */
  onAny(handler: (event: Event) => void): Unsubscribe {
    return this.#add(anyType, handler);
  }

  /**
   * Hands an event to its handlers.
   *
   * @param event - What happened.
   */
  emit(event: Event): void {
    this.#emitter.emit(anyType, event);
    this.#emitter.emit(event.type, event);
  }

  #add<Known>(name: string, handler: (event: Known) => void): Unsubscribe {
    const listener = (event: Known): void => {
      try {
        handler(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    };
    this.#emitter.on(name, listener);
    return () => {
      this.#emitter.off(name, listener);
    };
  }
}
