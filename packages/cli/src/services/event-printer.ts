import type { Output } from '../output.ts';

/** Prints what happens: a line for a person, or a JSON object for a program, each with its time. */
export interface EventPrinter {
  /**
   * Prints an event.
   *
   * @param type - Its type, for programs.
   * @param facts - What belongs to it, for programs.
   * @param text - The same for a person; without it, persons are not told.
   */
  print(type: string, facts: object, text?: string): void;
}

/**
 * Makes a printer.
 *
 * @param output - Where to print.
 * @param isJson - For programs?
 */
export function eventPrinter(output: Output, isJson: boolean): EventPrinter {
  return {
    print(type, facts, text): void {
      const time = new Date().toISOString();
      if (isJson) output.line(JSON.stringify({ time, type, ...facts }));
      else if (text !== undefined) output.line(`${time} ${text}`);
    },
  };
}
