// What one run does: check the sources, run the program, or call one of its functions.
(function (native, lib) {
  'use strict';

  // A program may change any of these; the answer must not depend on it.
  const { stringify, parse } = JSON;
  const { writeFileSync } = lib.fs;
  const { modules } = lib;

  const isScript = (name) => /\.(?:[cm]?[jt]s|json)$/.test(name);

  function describe(error) {
    const at = lib.errors.place(error);
    const heading = lib.errors.heading(error);
    if (at === undefined) return `${heading}\n`;
    // The end of a file is one line further in the text that is compiled.
    const lines = lib.sourceOf(at.file)?.split('\n') ?? [];
    const last = at.line > lines.length ? { ...at, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 } : at;
    const excerpt = lib.errors.excerpt(last, lib.sourceOf(at.file));
    return `${last.file}:${last.line}:${last.column}\n${excerpt === undefined ? '' : `${excerpt}\n`}${heading}\n`;
  }

  function checkAll({ sources }) {
    const problems = [];
    for (const name of sources.filter(isScript)) {
      const error = modules.check(modules.fullName(name));
      if (error === undefined) continue;
      if (name.endsWith('.json')) problems.push(`${name}\n${lib.errors.heading(error)}\n`);
      else problems.push(describe(error));
    }
    if (problems.length > 0) writeFileSync('/run/answer', problems.join('\n').toWellFormed());
    return 0;
  }

  function guarded(action) {
    try {
      return action();
    } catch (error) {
      lib.die(error, 'uncaughtException');
      return undefined;
    }
  }

  // Runs the loop until a promise is settled, and gives its value.
  function settled(promise) {
    native.runJobs();
    lib.loop.run(() => native.promiseState(promise)[0] !== 0);
    const [state, value] = native.promiseState(promise);
    return { isPending: state === 0, value };
  }

  function finish() {
    let before;
    do {
      lib.loop.run();
      before = lib.loop.count();
      lib.process.emit('beforeExit', lib.process.exitCode ?? 0);
      lib.loop.drain();
    } while (lib.loop.count() > before);
    return lib.exit(lib.process.exitCode ?? 0);
  }

  function run(entry) {
    const started = guarded(() => modules.runMain(entry));
    if (started !== undefined) {
      const { isPending } = settled(started);
      if (isPending) {
        native.write(2, 'Warning: Detected unsettled top-level await\n');
        return lib.exit(13);
      }
    }
    return finish();
  }

  function call(entry, { function: name, args }) {
    let action = guarded(() => modules.findFunction(entry, name));
    if (native.className(action) === 'Promise') action = settled(action).value;
    lib.loop.drain();
    if (typeof action !== 'function') {
      native.write(2, `${modules.shortName(entry)} has no function named '${name}'\n`.toWellFormed());
      return 1;
    }
    let value = guarded(() => action(...args));
    if (native.className(value) === 'Promise') {
      const outcome = settled(value);
      if (outcome.isPending) {
        native.write(2, `the promise that ${name} returned is never settled\n`.toWellFormed());
        return 1;
      }
      value = outcome.value;
    } else {
      lib.loop.drain();
    }
    const text = guarded(() => stringify(value));
    if (text !== undefined) writeFileSync('/run/answer', text.toWellFormed());
    return lib.exit(lib.process.exitCode ?? 0);
  }

  // The engine makes functions of the language when they are first asked for: here all are, once for every run.
  function complete() {
    const seen = new Set([globalThis, native]);
    for (const object of seen) {
      for (const key of Reflect.ownKeys(object)) {
        const { value, get } = Object.getOwnPropertyDescriptor(object, key);
        for (const part of [value, get]) {
          if (typeof part === 'function' || (typeof part === 'object' && part !== null)) seen.add(part);
        }
      }
      const above = Object.getPrototypeOf(object);
      if (above !== null) seen.add(above);
    }
  }

  complete();

  native.start = () => {
    lib.startClock();
    const request = parse(native.readText('/run/request.json'));
    const entry = modules.fullName(request.entry);
    lib.process.argv = ['/usr/bin/node', entry, ...(request.args ?? [])];
    switch (request.mode) {
      case 'check': return checkAll(request);
      case 'call': return call(entry, request.call);
      default: return run(entry);
    }
  };
})
