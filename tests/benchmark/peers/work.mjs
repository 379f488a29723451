// What the two peers of npm share: the command line, packages out of build/peers, clocks, and the line of JSON at the end.
import { createRequire } from "node:module";

const [work, input, output] = process.argv.slice(2);
const peers = createRequire(new URL("../../../build/peers/", import.meta.url));

export { input, output };

/** A package that set_up_peers.sh has installed. */
export const installed = (name) => peers(name);

/** Processor time and time of the wall that `step` takes, in seconds; of all threads of the process. */
export async function timed(step) {
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  const totals = await step();
  const used = process.cpuUsage(cpu);
  return {
    ...totals,
    cpu_s: (used.user + used.system) / 1e6,
    wall_s: Number(process.hrtime.bigint() - wall) / 1e9,
  };
}

/** Runs the work that the command line names, and prints what it came to. */
export async function run(works) {
  if (!(work in works)) throw new Error(`known are ${Object.keys(works).join(", ")}`);
  console.log(JSON.stringify((await works[work]()) ?? {}));
}
