import { describe, expect, it } from 'vitest';
import { runScript, type ScriptOptions } from './scripted-peer.fixture.ts';

/** A test purpose of ETSI TS 102 369. */
export interface TestPurpose {
  /** Its identifier. */
  readonly id: string;
  /** What it is about. */
  readonly purpose: string;
  /** The exchange; several where the purpose has variants. */
  readonly script: string | readonly string[];
  readonly options?: ScriptOptions;
}

/** Runs the test purposes of a group. */
export function describePurposes(group: string, purposes: readonly TestPurpose[]): void {
  describe(`ETSI TS 102 369, ${group}`, () => {
    it.each(purposes)('$id: $purpose', ({ script, options }) => {
      const scripts = typeof script === 'string' ? [script] : script;
      for (const exchange of scripts) expect(runScript(exchange, options)).toBeUndefined();
    });
  });
}
