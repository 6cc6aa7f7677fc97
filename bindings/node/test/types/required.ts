// Compiled, not run: the same package for `require`.

import polycode = require("polycode");

export async function fuel(): Promise<number> {
  const result = await new polycode.Runner().run("print(1)", { language: "python" });
  return result.fuel;
}
