import type { IpAddress } from '@rserpool/wire';
import { chooseSources } from '../address-reconfiguration/change-addresses.ts';
import { AddressScope, addressScope } from '../endpoint/address-scope.ts';
import { includesAddress, maximumRemoteAddresses } from '../endpoint/address-lists.ts';
import { newAuthenticationParameters } from '../authentication/authentication.ts';
import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import { never } from '../path/path.ts';
import { PathSet } from '../path/path-set.ts';
import type { AssociateInput } from '../sctp-input.ts';
import type { SctpLossReason } from '../sctp-output.ts';
import { putInit } from '../wire/chunks/init.ts';
import { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { initContent, supportedAddressTypes } from './init-content.ts';
import { makePaths } from './make-paths.ts';
import { sendOnPath } from './send-alone.ts';

/** ASSOCIATE (RFC 9260 sections 5.1 A and 11.1.2): makes the record and sends INIT to the first address. */
export function associate(core: EndpointCore, input: AssociateInput, now: number): void {
  const { port } = input.remote;
  const addresses = reachable(core, input.remote.addresses);
  const [first] = addresses;
  if (first === undefined) {
    return refuse(core, input, 'unreachable', 'no address of a family that this endpoint has an address of');
  }
  if (core.table.byAnyAddress(addresses, port) !== undefined) {
    return refuse(core, input, 'refused', 'there is an association with this endpoint already');
  }
  if (!core.hasRoomFor(first))
    return refuse(core, input, 'resources', 'this endpoint has too many associations');
  const { encapsulationPort, random } = core.options;
  const association = new Association(
    core,
    {
      id: input.association,
      inbound: false,
      parameters:
        input.parameters === undefined ? core.parameters : { ...core.parameters, ...input.parameters },
      peerPort: port,
      localTag: core.newTag(),
      localInitialTsn: random(),
      countedAddress: first,
    },
    (owner) => {
      // Section 5.4 rule 1: what the application gives counts as confirmed.
      const paths = makePaths(
        owner,
        addresses,
        [],
        () => true,
        (address) => encapsulationPort(address, port),
      );
      return new PathSet(paths, paths[0] as (typeof paths)[number]);
    },
  );
  association.setup = {
    path: association.paths.primary,
    deadline: never,
    retransmissions: 0,
    sentAt: now,
    cookie: undefined,
    echoDue: false,
    unrecognized: [],
    staleCookies: 0,
    preservativeMs: 0,
    waiting: [],
  };
  association.ownAuthentication = newAuthenticationParameters(core);
  association.state = AssociationState.cookieWait;
  association.heardAt = now;
  core.table.add(association);
  sendInit(association, now);
}

/** Sends INIT on the path of the setup and starts T1-init. */
export function sendInit(association: Association, now: number): void {
  const { core, setup, parameters } = association;
  if (setup === undefined) return;
  const { path } = setup;
  association.localAddresses = core.addresses;
  if (core.hasMoved) chooseSources(association);
  const content = initContent(
    core,
    parameters,
    association.localTag,
    association.localInitialTsn,
    path.source,
    path.destination,
    association.ownAuthentication,
  );
  sendOnPath(association, path, 0, (writer) =>
    putInit(writer, {
      ...content,
      supportedAddressTypes: supportedAddressTypes(core.addresses),
      ...(setup.preservativeMs > 0 ? { cookiePreservativeMs: setup.preservativeMs } : {}),
    }),
  );
  setup.deadline = now + path.rtoMs;
  core.touch(association);
}

/** The addresses that there is a local one of the same family for, without repetitions. */
function reachable(core: EndpointCore, addresses: readonly IpAddress[]): IpAddress[] {
  const list: IpAddress[] = [];
  for (const address of addresses) {
    if (list.length === maximumRemoteAddresses) break;
    if (addressScope(address) === AddressScope.none || includesAddress(list, address)) continue;
    if (core.addresses.some((local) => local.length === address.length)) list.push(address);
  }
  return list;
}

function refuse(core: EndpointCore, input: AssociateInput, reason: SctpLossReason, detail: string): void {
  core.emit({ type: 'associationLost', association: input.association, reason, detail });
}
