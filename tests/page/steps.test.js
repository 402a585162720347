// Which requests tell of a step of a person.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, onLoggedOut } from "../../streams/room/page/api.js";
import { TELL_MS, steps, stepsUntold } from "../../streams/room/page/steps.js";

test("a step is told once, and nothing is told without one", () => {
  const own = stepsUntold();
  assert.equal(own.tell(0), false);
  own.take(1);
  assert.equal(own.tell(2), true);
  assert.equal(own.tell(3), false);
});

test("who reads for long without asking anything is told of by a request of its own", () => {
  const own = stepsUntold();
  assert.equal(own.take(0), true, "the first step of a page");
  own.tell(0);
  assert.equal(own.take(TELL_MS - 1), false);
  assert.equal(own.take(TELL_MS), true);
  own.tell(TELL_MS);
  assert.equal(own.take(TELL_MS + 1), false);
});

const answers = [];
const sent = [];
globalThis.fetch = async (path, { headers }) => {
  sent.push(headers);
  return answers.shift() ?? new Response("{}");
};

test("a request has the header where there was a step", async () => {
  await ask("GET", "/api/v1/alerts");
  steps.take(performance.now());
  await ask("GET", "/api/v1/alerts");
  await ask("POST", "/api/v1/commands", {});
  assert.deepEqual(
    sent.map((headers) => headers["X-Siaga-Step"]),
    [undefined, "1", undefined],
  );
});

test("a 401 of anything leads to the login, but that of a wrong password", async () => {
  let count = 0;
  onLoggedOut(() => (count += 1));
  for (const [method, path, status, expected] of [
    ["GET", "/api/v1/curve", 401, 1],
    ["GET", "/api/v1/session", 401, 2],
    ["POST", "/api/v1/commands", 401, 3],
    ["POST", "/api/v1/session", 401, 3],
    ["GET", "/api/v1/curve", 403, 3],
  ]) {
    answers.push(new Response("{}", { status }));
    await assert.rejects(ask(method, path, {}));
    assert.equal(count, expected, `${method} ${path} ${status}`);
  }
});
