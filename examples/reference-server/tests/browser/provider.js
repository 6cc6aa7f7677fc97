// A real OpenID provider on loopback, which also signs whatever it is asked to sign.

import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from "jose";
import Provider from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";

export const AUDIENCE = "polycode-api";
export const SECRET = "a secret of the client that is long enough";

/** What the provider says of those who sign in, by the name that they type. */
const people = {
  ada: { email: "ada@example.org", email_verified: true, name: "Ada", realm_access: { roles: ["content_creator"] } },
  eve: { email: "ada@example.org", email_verified: false, name: "Eve", realm_access: { roles: ["admin"] } },
  zoe: { email: "zoe@example.org", email_verified: true, name: "Zoe ", realm_access: { roles: [] } },
};

async function newKey(kid) {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" };
  return { kid, privateKey, publicKey, jwk };
}

/** Starts the provider; `serve(address)` says where the server is that people sign in to. */
export async function startProvider() {
  let handle;
  let keyFetches = 0;
  let trouble;
  const listener = createServer((request, response) => {
    if (request.url.startsWith("/jwks")) keyFetches += 1;
    if (trouble && request.url.startsWith("/token")) trouble(request, response);
    else handle(request, response);
  });
  await new Promise((resolve) => { listener.listen(0, "127.0.0.1", resolve); });
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  let key = await newKey("first");
  const keys = new Map([["first", key]]);
  let callback;
  // What it knows of sessions stays when it has a new key.
  const adapter = createMemoryAdapter();

  function make() {
    const provider = new Provider(issuer, {
      adapter,
      clients: [
        {
          client_id: "polycode", client_secret: SECRET, redirect_uris: [callback],
          post_logout_redirect_uris: [new URL("/", callback).href],
          grant_types: ["authorization_code", "refresh_token"], token_endpoint_auth_method: "client_secret_basic",
        },
        {
          client_id: "gradebook", client_secret: SECRET, redirect_uris: [], response_types: [],
          grant_types: ["client_credentials"],
        },
      ],
      pkce: { required: () => true },
      jwks: { keys: [key.jwk] },
      cookies: { keys: ["a key of cookies"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "realm_access"] },
      conformIdTokenClaims: false,
      issueRefreshToken: async () => true,
      // Each is good once: whoever loses what it was taken for is out.
      rotateRefreshToken: true,
      findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people[sub] }) }),
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: true },
        revocation: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: () => ({ scope: "api", audience: AUDIENCE, accessTokenFormat: "jwt" }),
          useGrantedResource: () => false,
        },
      },
      extraTokenClaims: (_, token) =>
        token.kind === "ClientCredentials" ? { realm_access: { roles: ["service"] } } : undefined,
    });
    handle = provider.callback();
  }

  /** Signs claims as an access token of the provider, unless told otherwise. */
  async function sign(changes = {}, { header = {}, by = key.privateKey, crit } = {}) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: AUDIENCE, sub: "ada", iat: now, exp: now + 60, ...changes };
    const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
    const protectedHeader = { alg: "RS256", typ: "at+jwt", kid: key.kid, ...header };
    return new SignJWT(kept).setProtectedHeader(protectedHeader).sign(by, { crit });
  }

  return {
    issuer,
    people,
    sign,
    serve(address) {
      callback = `${address}/openid/callback`;
      make();
    },
    /** How often the keys were fetched. */
    fetches: () => keyFetches,
    /** Answers whoever asks for tokens like this while something is done; gives how often it was asked. */
    async during(answer, work) {
      let asked = 0;
      trouble = (request, response) => {
        asked += 1;
        answer(request, response);
      };
      try {
        await work();
      } finally {
        trouble = undefined;
      }
      return asked;
    },
    /** Signs with another key from now on: a new one, unless there was one of this name. */
    async rotate(kid) {
      keys.set(kid, keys.get(kid) ?? await newKey(kid));
      key = keys.get(kid);
      make();
    },
    /** A token that is "signed" by HMAC with the public key as its secret. */
    async confused() {
      const [, claims] = (await sign()).split(".");
      const header = Buffer.from(JSON.stringify({ alg: "HS256", kid: key.kid })).toString("base64url");
      const secret = await exportSPKI(key.publicKey);
      const mark = createHmac("sha256", secret).update(`${header}.${claims}`).digest("base64url");
      return `${header}.${claims}.${mark}`;
    },
    /** A key that the provider does not have. */
    strangeKey: async () => (await newKey("strange")).privateKey,
    /** A token that a service gets for itself. */
    async serviceToken() {
      const body = new URLSearchParams({ grant_type: "client_credentials", resource: "urn:polycode", scope: "api" });
      const authorization = `Basic ${Buffer.from(`gradebook:${encodeURIComponent(SECRET)}`).toString("base64")}`;
      const reply = await fetch(`${issuer}/token`, { method: "POST", body, headers: { authorization } });
      return (await reply.json()).access_token;
    },
    stop: () => new Promise((resolve) => {
      listener.close(resolve);
      listener.closeAllConnections();
    }),
  };
}
