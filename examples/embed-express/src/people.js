// Who asks: recruiters by a token of the site's, candidates by a signed cookie.

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

const COOKIE = "candidate";

/** A refusal of the site's own. */
class Unknown extends Error {
  status = 401;
}

/** The recruiter who makes a request. */
export function recruiterOf(request, recruiters) {
  const token = /^Bearer (.+)$/.exec(request.get("authorization") ?? "")?.[1];
  const recruiter = recruiters.get(token);
  if (recruiter === undefined) {
    throw new Unknown("sign in as a recruiter");
  }
  return recruiter;
}

/** The candidate who makes a request. */
export function candidateOf(request, secret) {
  const given = (request.get("cookie") ?? "")
    .split("; ")
    .find((cookie) => cookie.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
  const [candidate = "", signature = ""] = (given ?? "").split(".");
  const [theirs, ours] = [signature, sign(candidate, secret)].map((text) => Buffer.from(text));
  if (theirs.length !== ours.length || !timingSafeEqual(theirs, ours)) {
    throw new Unknown("open the link of your invitation first");
  }
  return candidate;
}

/** Makes somebody a candidate of the site; gives the site's id of them. */
export function giveSession(response, secret) {
  const candidate = randomUUID();
  const value = `${candidate}.${sign(candidate, secret)}`;
  response.set("set-cookie", `${COOKIE}=${value}; HttpOnly; SameSite=Lax; Path=/`);
  return candidate;
}

/** The signature of a text, in hexadecimal. */
export function sign(text, secret) {
  return createHmac("sha256", secret).update(text).digest("hex");
}
