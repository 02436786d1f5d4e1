// Runs one cell on one lane, once more where it fails, and reads what was captured.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './capture.mjs';
import { dissectMessages } from './dissection.mjs';
import { Scope } from './scope.mjs';

/** The types of messages that our programs send in the matrix (RFC 5352 section 2.2, RFC 5353 section 2). */
const sent = {
  'asap 1': 'ASAP_REGISTRATION',
  'asap 2': 'ASAP_DEREGISTRATION',
  'asap 3': 'ASAP_REGISTRATION_RESPONSE',
  'asap 4': 'ASAP_DEREGISTRATION_RESPONSE',
  'asap 5': 'ASAP_HANDLE_RESOLUTION',
  'asap 6': 'ASAP_HANDLE_RESOLUTION_RESPONSE',
  'asap 7': 'ASAP_ENDPOINT_KEEP_ALIVE',
  'asap 8': 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
  'asap 9': 'ASAP_ENDPOINT_UNREACHABLE',
  'asap 10': 'ASAP_SERVER_ANNOUNCE',
  'asap 11': 'ASAP_COOKIE',
  'asap 12': 'ASAP_COOKIE_ECHO',
  'enrp 1': 'ENRP_PRESENCE',
  'enrp 2': 'ENRP_HANDLE_TABLE_REQUEST',
  'enrp 3': 'ENRP_HANDLE_TABLE_RESPONSE',
  'enrp 4': 'ENRP_HANDLE_UPDATE',
  'enrp 5': 'ENRP_LIST_REQUEST',
  'enrp 6': 'ENRP_LIST_RESPONSE',
  'enrp 7': 'ENRP_INIT_TAKEOVER',
  'enrp 8': 'ENRP_INIT_TAKEOVER_ACK',
  'enrp 9': 'ENRP_TAKEOVER_SERVER',
};

/** Which types were seen, by their names, and which were not. */
export function messageTypes(seen) {
  const names = Object.entries(sent);
  const others = [...seen].filter((type) => !(type in sent)).map((type) => `${type} (of no cell's own)`);
  return {
    list: [...names.filter(([type]) => seen.has(type)).map(([, name]) => name), ...others],
    missing: names.filter(([type]) => !seen.has(type)).map(([, name]) => name),
  };
}

/** Programs that print to logs, in a guest, in real time: a cell that fails may be tried so often in all. */
const mostTries = 3;

/**
 * @param directory - Where logs and captures go; those of a cell that passes at once are removed.
 * @returns `outcome`, `told`, `types`, `seconds`, `tries`, and `failure` where there is one.
 */
export async function runCell(lab, lane, cell, directory) {
  const failures = [];
  for (let tries = 1; ; tries += 1) {
    const result = await attempt(lab, lane, cell, directory, tries);
    const failure = result.failure ?? failures[0];
    if (result.outcome !== 'failed' || tries === mostTries) return { ...result, tries, failure };
    failures.push(`first try: ${result.failure}`);
  }
}

async function attempt(lab, lane, cell, directory, number) {
  const logs = join(directory, `${cell.name.replaceAll(/[^\w]+/g, '-')}-try-${number}`);
  mkdirSync(logs, { recursive: true });
  const file = join(logs, 'capture.pcapng');
  const startedAt = performance.now();
  const scope = new Scope(lab, lane, cell.carrier, logs);
  const stopCapture = await capture(lab.namespace, lab.bridgeOf(lane), file);
  let told = {};
  let failure;
  try {
    told = (await cell.run(scope)) ?? {};
  } catch (error) {
    failure = error.message;
  }
  const { ourAddresses } = scope;
  await stopCapture();
  await scope.end();
  const { packets, types, wrong } = await dissectMessages(file, ourAddresses);
  if (packets === 0 && !cell.isDocumented) failure ??= 'tshark saw no message';
  if (wrong.length > 0) failure ??= `tshark finds packets of ours wrong: ${wrong.slice(0, 5).join(', ')}`;
  const seconds = (performance.now() - startedAt) / 1000;
  const good = cell.isDocumented ? 'documented' : 'passed';
  const outcome = failure === undefined ? good : 'failed';
  if (outcome !== 'failed' && number === 1) rmSync(logs, { recursive: true });
  return { outcome, told: { messages: packets, ...told }, types, seconds, failure };
}
