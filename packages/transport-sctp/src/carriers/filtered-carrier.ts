import type { IpAddress } from '@rserpool/wire';
import type { PacketCarrier } from './packet-carrier.ts';

/**
 * Whether packets pass between a local and a remote address; asked for each packet of both directions.
 *
 * @param local - The address of this side.
 * @param remote - The address of the other side.
 */
export type PathFilter = (local: IpAddress, remote: IpAddress) => boolean;

/**
 * A carrier some of whose paths are cut: what does not pass vanishes, as with a cable that was pulled.
 *
 * @param carrier - Carries what passes.
 * @param passes - Decides.
 */
export function filteredCarrier(carrier: PacketCarrier, passes: PathFilter): PacketCarrier {
  return {
    get localAddresses() {
      return carrier.localAddresses;
    },
    get port() {
      return carrier.port;
    },
    get onPacket() {
      return carrier.onPacket;
    },
    set onPacket(handler) {
      carrier.onPacket =
        handler &&
        ((bytes, source, destination, port) => {
          if (passes(destination, source)) handler(bytes, source, destination, port);
        });
    },
    send(bytes, source, destination, encapsulationPort) {
      if (passes(source, destination)) carrier.send(bytes, source, destination, encapsulationPort);
    },
    probe: (destination, encapsulationPort, onRefused) =>
      carrier.probe(destination, encapsulationPort, onRefused),
    setLocalAddresses: (addresses) => carrier.setLocalAddresses(addresses),
    close: () => carrier.close(),
  };
}
