"use strict";

/** Somebody who did not sign in. */
function guest() {
  return { roles: [] };
}

/** Somebody who signed in. */
function user(id, ...roles) {
  return { id, roles: [...new Set(["user", ...roles])] };
}

module.exports = { guest, user };
