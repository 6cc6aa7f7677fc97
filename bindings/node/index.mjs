// The same classes as for `require`: both kinds of module may be mixed in one process.
import polycode from "./index.js";

export const { Engine, PolycodeError, Runner, choice, code, guest, program, user } = polycode;
