// The two registrars as commands that run in the guest.
import { join } from 'node:path';
import { address, keepAliveIntervalMs } from './settings.mjs';

export const registrars = {
  rspregistrar: [
    'rspregistrar',
    `-asap=${address}:3863`,
    `-enrp=${address}:9901`,
    '-minaddressscope=loopback',
    `-endpointkeepalivetransmissioninterval=${keepAliveIntervalMs}`,
    '-loglevel=0',
  ],
  ours: [process.execPath, join(import.meta.dirname, 'own-registrar.mjs'), address],
};
