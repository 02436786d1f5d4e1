import { bytesToHex, type IpAddress, parseIpAddress } from '@rserpool/wire';

/** What the job tells a process that is to lose one of its networks. */
export interface CutCommand {
  /** The address on that network. */
  readonly cut: string;
}

/** The networks of this process, each of which the job can cut like a cable: what is sent there vanishes silently. */
export class Cable {
  readonly #cut: Set<string> = new Set();

  /**
   * Obeys the job.
   *
   * @param onCut - Told of each network that is cut.
   */
  constructor(onCut: (address: string) => void) {
    process.on('message', ({ cut }: CutCommand) => {
      this.#cut.add(bytesToHex(parseIpAddress(cut)));
      onCut(cut);
    });
  }

  /**
   * Whether packets pass between two addresses.
   *
   * @param local - The address of this process.
   */
  readonly passes = (local: IpAddress): boolean => !this.#cut.has(bytesToHex(local));
}
