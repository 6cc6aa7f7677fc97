// What the Node face adds to a call, how many judgings it gets done, how late the event loop is
// meanwhile, and whether memory stays flat. Prints one JSON object. Run by `cargo xtask bench faces`,
// which compares it with Rust.

import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { Engine, Runner } from "polycode";

const AT_ONCE = 64;
const [calls, judgings, leaks] = process.argv.slice(2, 5).map(Number);
const cases = process.argv.slice(5).map((file) => JSON.parse(readFileSync(file, "utf8")));

/** The microseconds of a call that does next to nothing: the middle one of many. */
async function callUs(engine, count) {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const began = process.hrtime.bigint();
    await engine.wallet("ada");
    times.push(Number(process.hrtime.bigint() - began));
  }
  return times.sort((one, other) => one - other)[count >> 1] / 1_000;
}

/** Judges a case so many times, 64 at once; gives how many in a second. */
async function judge(runner, given, count) {
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const { verdict } = await runner.judge(given);
      if (verdict !== "passed") {
        throw new Error(verdict);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return count / ((performance.now() - began) / 1_000);
}

const rssMib = () => process.memoryUsage.rss() / 2 ** 20;

const runner = new Runner({ queue: AT_ONCE });
const engine = await Engine.open("memory:", { runner });
await callUs(engine, Math.floor(calls / 10));
const call = await callUs(engine, calls);
engine.close();

// The delay is told in nanoseconds beyond nothing: the time between two looks is taken off.
const resolution = 1;
const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
const judgedPerSecond = [];
const delays = [];
for (const given of cases) {
  await judge(runner, given, AT_ONCE);
  const perSecond = await judge(runner, given, judgings);
  judgedPerSecond.push(perSecond);
  // By itself, for two seconds: to look each millisecond is work, too.
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await judge(runner, given, 2 * perSecond);
  delay.disable();
  delays.push(delay);
}

await judge(runner, cases[0], Math.floor(leaks / 10));
const rssBeforeMib = rssMib();
await judge(runner, cases[0], leaks);
console.log(
  JSON.stringify({
    callUs: call,
    judgedPerSecond,
    lagMs: late(Math.max(...delays.map((delay) => delay.percentile(99.9)))),
    longestLagMs: late(Math.max(...delays.map(({ max }) => max))),
    rssBeforeMib,
    rssAfterMib: rssMib(),
  }),
);
