// The test of the sample: one program and one question.

import { user } from "polycode";

const PROGRAM = {
  slug: "largest",
  name: "The largest number",
  description: "Print the largest of the numbers on standard input.",
  type: "exercise",
  root: {
    id: "code",
    kind: "code_editor",
    languages: { javascript: {} },
    validators: [
      { id: "few", kind: "output", stdin: "3 9 4", expected: "9" },
      { id: "below-zero", kind: "output", hidden: true, stdin: "-3 -9 -4", expected: "-3" },
    ],
  },
};

const QUESTION = {
  slug: "idempotent",
  name: "Methods of HTTP",
  type: "question",
  root: {
    id: "choice",
    kind: "mcq",
    question: "Which of these methods are idempotent?",
    options: ["GET", "PUT", "POST"].map((text) => ({ id: text.toLowerCase(), text })),
    choose: "many",
    validators: [{ id: "right", kind: "choice", correct: ["get", "put"] }],
  },
};

/** The recruiter's test, which is made when there is none yet; gives its id and version. */
export async function sampleTest(engine, recruiter) {
  const author = engine.actingAs(user(recruiter, "assessment_creator"));
  const [made] = (await author.tests({ limit: 1 })).items;
  if (made !== undefined) {
    return { id: made.value.id, version: made.version };
  }
  const questions = [];
  for (const [draft, points] of [[PROGRAM, 3], [QUESTION, 1]]) {
    const { value, version } = await engine.createContent(draft);
    questions.push({ content: value.id, version, points });
  }
  const test = await author.createTest({
    name: "Back-end developer",
    timeLimit: 3_600,
    pools: [{ questions }],
  });
  return { id: test.value.id, version: test.version };
}
