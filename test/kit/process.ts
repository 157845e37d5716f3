export { freePort, startScript, type Running } from '../../src/bench/product-process';
