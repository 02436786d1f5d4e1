import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CutCommand } from '../processes/cable.ts';
import type { ProcessEvent } from '../processes/process-message.ts';

/** A process of the job: a registrar, a pool element or the pool user. */
export class DemoProcess {
  /** Its name in the timeline, such as `element-2`. */
  readonly name: string;
  readonly #child: ChildProcess;
  #isEnding = false;

  /**
   * Starts the process.
   *
   * @param name - Its name in the timeline.
   * @param role - What it is to be.
   * @param options - What it has to know, as command-line arguments.
   * @param onEvent - Called with each event that it reports.
   * @param onFailure - Called where it ends without having been told to.
   */
  constructor(
    name: string,
    role: 'registrar' | 'element' | 'user',
    options: readonly string[],
    onEvent: (event: ProcessEvent) => void,
    onFailure: (message: string) => void,
  ) {
    this.name = name;
    const entry = fileURLToPath(new URL('../bin/rserpool-demo.js', import.meta.url));
    this.#child = fork(entry, [`--role=${role}`, `--name=${name}`, ...options], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message) => onEvent(message as ProcessEvent));
    let stderr = '';
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-2000);
    });
    this.#child.on('exit', (code, signal) => {
      if (!this.#isEnding && code !== 0)
        onFailure(`${name} ended with ${signal ?? code}${stderr && `: ${stderr}`}`);
    });
  }

  /** Its process number. */
  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /**
   * Cuts one of its networks.
   *
   * @param address - Its address there.
   */
  cut(address: string): void {
    const command: CutCommand = { cut: address };
    this.#child.send(command);
  }

  /** Kills it as a power cut would: SIGKILL, no goodbye. */
  kill(): void {
    this.#isEnding = true;
    this.#child.kill('SIGKILL');
  }

  /** Ends it and waits until it is gone. */
  async end(): Promise<void> {
    this.#isEnding = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}
