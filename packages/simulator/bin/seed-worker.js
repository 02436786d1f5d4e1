// A thread of the simulator: simulates the clusters of the seeds that it is given, one after the other.
import { parentPort } from 'node:worker_threads';
import { serveSeeds } from '../dist/main.js';

if (parentPort !== null) serveSeeds(parentPort);
