// A warm hello in other WebAssembly sandboxes, each run isolated: prints the median of each in ms.

import { loadPyodide } from 'pyodide';
import { newQuickJSWASMModule } from 'quickjs-emscripten';

const [quickRuns, slowRuns] = process.argv.slice(2).map(Number);

function median(times) {
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
}

async function measured(runs, hello) {
  const times = [];
  for (let run = -1; run < runs; run += 1) {
    const begun = performance.now();
    const printed = await hello();
    const took = performance.now() - begun;
    if (printed !== '1') throw new Error(`an unexpected run: ${printed}`);
    if (run >= 0) times.push(took);
  }
  return median(times);
}

function printOne(quickjs) {
  const context = quickjs.newContext();
  let printed;
  const log = context.newFunction('log', (value) => {
    printed = `${context.dump(value)}`;
  });
  const console = context.newObject();
  context.setProp(console, 'log', log);
  context.setProp(context.global, 'console', console);
  context.unwrapResult(context.evalCode('console.log(1)')).dispose();
  for (const owned of [console, log, context]) owned.dispose();
  return printed;
}

const shared = await newQuickJSWASMModule();
const measures = {
  // Each run has a memory of its own, as ours do.
  'javascript: quickjs-emscripten': await measured(quickRuns, async () => printOne(await newQuickJSWASMModule())),
  'javascript: the same, one memory for all': await measured(quickRuns, () => printOne(shared)),
  'python: pyodide': await measured(slowRuns, async () => {
    let printed;
    const python = await loadPyodide({ stdout: (line) => { printed = line; } });
    python.runPython('print(1)');
    return printed;
  }),
};
console.log(JSON.stringify(measures));
