/** Preloaded into a measured process: when that ends, writes what it used to file descriptor 3 as JSON. */
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
});
