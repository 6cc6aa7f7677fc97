// The hiring site's routes: recruiters make campaigns, candidates take them.

import express from "express";

import { PolycodeError, user } from "polycode";

import { candidateOf, giveSession, recruiterOf } from "./people.js";

/** HTTP statuses of what PolyCode refuses; what is not here is the site's own failure. */
const STATUSES = {
  already_done: 409,
  busy: 503,
  contended: 503,
  invalid: 422,
  invitation_not_valid: 410,
  limit_reached: 409,
  not_allowed: 403,
  not_found: 404,
  stale: 409,
  taken_over: 409,
  time_up: 410,
  wrong_state: 409,
};

const DAY = 24 * 60 * 60 * 1_000;

/**
 * The site over an open engine.
 *
 * @param {object} site
 * @param {import("polycode").Engine} site.engine - on behalf of the site itself
 * @param {string} site.secret - what sessions are signed with
 * @param {Map<string, { name: string, test: { id: string, version: number } }>} site.recruiters -
 *   the recruiters by their tokens, with the test that their campaigns are made of
 * @param {(mail: { to: string, subject: string, link: string }) => Promise<void>} site.send
 */
export function hiringSite({ engine, secret, recruiters, send }) {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json({ limit: "1mb" }));

  const recruiting = (request) =>
    engine.actingAs(user(recruiterOf(request, recruiters).name, "assessment_creator"));
  const taking = (request) => engine.actingAs(user(candidateOf(request, secret)));

  app.post("/campaigns", async (request, response) => {
    const { name, candidates } = request.body ?? {};
    const recruiter = recruiting(request);
    const { test } = recruiterOf(request, recruiters);
    const now = Date.now();
    const plan = {
      test: test.id,
      testVersion: test.version,
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + 14 * DAY).toISOString(),
      passMark: 500_000,
    };
    const campaign = await recruiter.createCampaign({ name }, plan);
    const intake = await recruiter.addCandidates(campaign.id, candidates);
    await recruiter.scheduleCampaign(campaign.id);
    for (const { address, token } of await recruiter.inviteCandidates(campaign.id)) {
      await send({ to: address, subject: `Your test: ${name}`, link: `/invitations/${token}` });
    }
    response.status(201).json({ id: campaign.id, invited: intake.added });
  });

  app.get("/campaigns/:id/results", async (request, response) => {
    const rows = [];
    const order = { by: "score", direction: "descending" };
    const results = recruiting(request).results(request.params.id, order, { limit: 100 });
    for await (const { name, status, score } of results) {
      rows.push({ name, status, score });
    }
    response.json(rows);
  });

  app.get("/invitations/:token", async (request, response) => {
    response.json(await engine.invitation(request.params.token));
  });

  app.post("/invitations/:token/accept", async (request, response) => {
    const candidate = giveSession(response, secret);
    const accepting = engine.actingAs(user(candidate));
    response.json(await accepting.acceptInvitation(request.params.token));
  });

  app.post("/candidates/:id/attempt", async (request, response) => {
    response.status(201).json(await taking(request).startTest(request.params.id));
  });

  app.get("/attempts/:id/questions/:question", async (request, response) => {
    const { id, question } = request.params;
    response.json(await taking(request).openQuestion(id, String(request.query.seat), question));
  });

  app.post("/attempts/:id/answers", async (request, response) => {
    const { seat, question, component, answer } = request.body ?? {};
    const to = { attempt: request.params.id, seat, question, component, answer };
    response.json(await taking(request).answerQuestion(to));
  });

  app.post("/attempts/:id/submit", async (request, response) => {
    response.json(await taking(request).submitAttempt(request.params.id, request.body?.seat));
  });

  // Express knows an error handler by its four parameters.
  app.use((error, _request, response, _next) => {
    const status = error instanceof PolycodeError ? STATUSES[error.code] : error.status;
    if (status === undefined || status >= 500) {
      console.error(error);
    }
    const told = error.errors ?? [{ message: error.message }];
    const errors = status === undefined ? [{ message: "something went wrong here" }] : told;
    response.status(status ?? 500).json({ errors });
  });
  return app;
}
