import { Audit } from '../audit/audit.ts';
import { Resynchronization } from '../audit/resynchronization.ts';
import { Defence } from '../handlespace/defence.ts';
import { Hearsay } from '../handlespace/hearsay.ts';
import { Intake } from '../handlespace/intake.ts';
import { Ownership } from '../handlespace/ownership.ts';
import { Updates } from '../handlespace/updates.ts';
import { ViewChanges } from '../handlespace/view-changes.ts';
import { Initialization } from '../initialization/initialization.ts';
import { ListServer } from '../initialization/list-server.ts';
import { TableServer } from '../initialization/table-server.ts';
import { Connections } from '../peering/connections.ts';
import { ErrorReports } from '../peering/error-reports.ts';
import { FailureDetection } from '../peering/failure-detection.ts';
import { Heartbeat } from '../peering/heartbeat.ts';
import { PeerList } from '../peering/peer-list.ts';
import { Presence } from '../peering/presence.ts';
import { TakeoverArbitration } from '../takeover/takeover-arbitration.ts';
import { TakeoverCompletion } from '../takeover/takeover-completion.ts';
import { TakeoverRecords } from '../takeover/takeover-records.ts';
import { TakeoverSuggestion } from '../takeover/takeover-suggestion.ts';
import type { EnrpCore } from './enrp-core.ts';

/** All procedures of a registrar over one core. */
export interface Procedures {
  readonly connections: Connections;
  readonly presence: Presence;
  readonly heartbeat: Heartbeat;
  readonly failureDetection: FailureDetection;
  readonly peerList: PeerList;
  readonly errorReports: ErrorReports;
  readonly views: ViewChanges;
  readonly defence: Defence;
  readonly ownership: Ownership;
  readonly updates: Updates;
  readonly initialization: Initialization;
  readonly listServer: ListServer;
  readonly tableServer: TableServer;
  readonly resynchronization: Resynchronization;
  readonly audit: Audit;
  readonly takeoverRecords: TakeoverRecords;
  readonly completion: TakeoverCompletion;
  readonly arbitration: TakeoverArbitration;
}

/** Creates the procedures, each with those that it builds on. */
export function createProcedures(core: EnrpCore): Procedures {
  const connections = new Connections(core);
  const presence = new Presence(core);
  const failureDetection = new FailureDetection(core, connections, presence);
  const peerList = new PeerList(core, connections, failureDetection);
  const views = new ViewChanges(core);
  const defence = new Defence(core);
  const intake = new Intake(core, views);
  const hearsay = new Hearsay(core, intake);
  const ownership = new Ownership(core, intake, defence);
  const resynchronization = new Resynchronization(core, ownership, presence);
  const takeoverRecords = new TakeoverRecords(core.limits.maximumPeers);
  const completion = new TakeoverCompletion(
    core,
    takeoverRecords,
    peerList,
    ownership,
    hearsay,
    resynchronization,
    presence,
  );
  return {
    connections,
    presence,
    heartbeat: new Heartbeat(core, connections, presence),
    failureDetection,
    peerList,
    errorReports: new ErrorReports(core),
    views,
    defence,
    ownership,
    updates: new Updates(core, intake, ownership, new TakeoverSuggestion(core)),
    initialization: new Initialization(core, connections, peerList, presence, hearsay),
    listServer: new ListServer(core),
    tableServer: new TableServer(core, ownership, presence),
    resynchronization,
    audit: new Audit(core, presence, ownership, views, resynchronization),
    takeoverRecords,
    completion,
    arbitration: new TakeoverArbitration(
      core,
      takeoverRecords,
      completion,
      peerList,
      failureDetection,
      presence,
    ),
  };
}
