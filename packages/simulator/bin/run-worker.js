// A thread of the simulator: simulates the runs that it is given, one after the other.
import { parentPort } from 'node:worker_threads';
import { serveRuns } from '../dist/main.js';

if (parentPort !== null) serveRuns(parentPort);
