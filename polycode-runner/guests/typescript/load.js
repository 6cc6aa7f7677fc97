// Loads the compiler. It takes the engine for a browser, which is right: there is no system to ask.
(function (native, lib) {
  'use strict';

  const source = native.readText('/usr/lib/typescript.js');
  const module = { exports: {} };
  native.evalScript(`(function (module, exports) {${source}\n})`, 'polycode:typescript', 1)(module, module.exports);
  lib.ts = module.exports;
})
