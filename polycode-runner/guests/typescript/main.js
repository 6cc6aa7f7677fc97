// What is asked of the compiler: the program's files without their types, or what is wrong with them.
(function (native, lib) {
  'use strict';

  const { writeFileSync } = lib.fs;
  // Problems that are shown: one mistake may make many.
  const SHOWN = 20;
  const isTyped = (name) => /\.[cm]?ts$/.test(name);

  function describe(name, text, file, { start, message }) {
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    const at = { line: line + 1, column: character + 1 };
    const excerpt = lib.errors.excerpt(at, text);
    return `${name}:${at.line}:${at.column}\n${excerpt === undefined ? '' : `${excerpt}\n`}SyntaxError: ${message}\n`;
  }

  function translate({ sources }) {
    const files = {};
    const problems = [];
    for (const name of sources.filter(isTyped)) {
      const text = native.readText(`/box/${name}`);
      try {
        const stripped = lib.strip(name, text);
        if (stripped.text !== undefined) files[name] = stripped.text.toWellFormed();
        else problems.push(...stripped.problems.slice(0, SHOWN).map((problem) => describe(name, text, stripped.file, problem)));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        problems.push(`${name}: too deeply nested to be compiled\n`);
      }
    }
    return problems.length > 0 ? { problems: problems.slice(0, SHOWN).join('\n').toWellFormed() } : { files };
  }

  native.start = () => {
    const request = JSON.parse(native.readText('/run/request.json'));
    writeFileSync('/run/answer', JSON.stringify(translate(request)));
    return 0;
  };

  // The ways that most programs take, for what is made on them once.
  lib.strip('warm.ts', 'enum E { A }\nclass C<T> { constructor(private x: T) {} f(y?: number): void {} }\nexport const c = new C<E>(E.A) as any;\n');
  lib.strip('warm.ts', 'const = 1');
})
