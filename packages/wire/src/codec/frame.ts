import type { UnknownParameter } from '../parameters/unknown-parameter.ts';

/** One container that is being read: the message, or a parameter inside of it. */
export class Frame {
  /** Offset of its header. */
  start = 0;
  /** Its type: a parameter type or, for the message, the message type. */
  type = 0;
  /** Offset behind its value. */
  end = 0;
  /** Recognized parameters entered so far. */
  known = 0;
  unknown: UnknownParameter[] | undefined = undefined;
}
