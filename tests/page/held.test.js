// Decisions that are held for a moment: taken back within it, sent once after it, and never lost.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

const server = { posted: [], status: 202 };
const listeners = new Map();
const listen = (name, hear) => listeners.set(name, hear);
globalThis.addEventListener = listen;
globalThis.document = { hidden: false, addEventListener: listen, querySelectorAll: () => [] };
globalThis.fetch = async (path, { body, keepalive, headers }) => {
  server.posted.push({ ...JSON.parse(body), keepalive, csrf: headers["X-Siaga-Csrf"] });
  await server.gate;
  if (!server.status) throw new TypeError("no route");
  return new Response("{}", { status: server.status });
};

const { holdCsrf } = await import("../../streams/room/page/api.js");
const { categories } = await import("../../streams/room/page/categories.js");
const commands = await import("../../streams/room/page/commands.js");
const { draftOf } = await import("../../streams/room/page/drafts.js");
const state = await import("../../streams/room/page/state.js");
const { canUndo } = await import("../../streams/room/page/told.js");
const deeds = await import("../../streams/room/page/triagedeeds.js");

commands.startHeld();
const may = ["place_report", "confirm_report", "reject_report"];
const text = { id: "", en: "" };
const at = "2024-11-27T14:00:00+07:00";

const waiting = (id, category = "PID-01", status = "open") => ({
  report: { id, category, status, suggestions: [], received_at: at, area: "17.02.07" },
  candidates: [["17.02.07.2012", ""]],
  category: text,
  place: text,
  waits_because: text,
});
const [theft, riot, other] = [waiting("r-1"), waiting("r-2", "KAM-01"), waiting("r-3")];

const sent = () => server.posted.map(({ command, report }) => `${command} ${report}`);
const standsOf = (report) =>
  state.pending.value.get(deeds.sent.value.get(report))?.state ?? "nothing";
const newest = () => commands.toasts.value.at(-1);
const pass = async (ms) => {
  mock.timers.tick(ms);
  await new Promise(setImmediate);
};
/** Reject without the dialog, which needs a browser. */
const reject = (report, reason) =>
  commands.command("reject_report", { report, reason }, { held: true });

beforeEach(async () => {
  await commands.sendHeld();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  Object.assign(server, { posted: [], status: 202, gate: null });
  document.hidden = false;
  state.enter({ user: "posko-1", area: "", may });
  holdCsrf("word");
  categories.value = [
    { code: "KAM-01", severity: "critical" },
    { code: "PID-01", severity: "medium" },
  ];
  const tables = { alerts: [], areas: [], tps: [], names: {} };
  state.takeSnapshot({ ...tables, triage: [theft, riot, other] });
  state.pending.value = new Map();
  deeds.sent.value = new Map();
  commands.toasts.value = [];
});

test("a decision goes out once, after five seconds", async () => {
  await deeds.confirm(theft);
  assert.equal(standsOf("r-1"), "held");
  await pass(4_900);
  assert.deepEqual(sent(), []);
  await pass(200);
  assert.deepEqual(sent(), ["confirm_report r-1"]);
  assert.equal(standsOf("r-1"), "sent");
  assert.equal(canUndo(newest()), false, "what is sent has no reverse");
  await pass(6_000);
  await commands.sendHeld();
  assert.equal(server.posted.length, 1);
});

test("within them it is taken back, and was never sent", async () => {
  await deeds.place([theft, other], "17.02.07.2012");
  assert.equal(canUndo(newest()), true);
  assert.equal(commands.undoLast(), true);
  await pass(10_000);
  assert.deepEqual(sent(), []);
  assert.equal(standsOf("r-1"), "nothing");
  await reject("r-1", "salah nomor");
  commands.undoLast();
  assert.equal(draftOf("reject_report", ["r-1"], "reason"), "salah nomor");
});

test("what a life may hang on does not wait, and neither does what nobody can tell", async () => {
  await deeds.confirm(riot);
  await deeds.place([theft, riot], "17.02.07.2012");
  const three = ["confirm_report r-2", "place_report r-1", "place_report r-2"];
  assert.deepEqual(sent(), three);
  deeds.chooseCategory(theft, "KAM-01");
  await deeds.confirm(theft);
  deeds.chooseCategory(theft, "");
  categories.value = [];
  await deeds.confirm(other);
  assert.deepEqual(sent(), [...three, "confirm_report r-1", "confirm_report r-3"]);
});

test("a rejection waits, however grave the report", async () => {
  await reject("r-2", "sudah ada");
  await pass(4_000);
  assert.deepEqual(sent(), []);
});

test("the next command sends the one before", async () => {
  await deeds.confirm(theft);
  await deeds.confirm(other);
  await pass(0);
  assert.deepEqual(sent(), ["confirm_report r-1"]);
  await commands.command("ack", { alert: "a" });
  assert.deepEqual(sent(), ["confirm_report r-1", "confirm_report r-3", "ack undefined"]);
});

test("what follows about the same report does not overtake it", async () => {
  let open;
  server.gate = new Promise((done) => (open = done));
  await deeds.place([theft], "17.02.07.2012");
  deeds.chooseCategory(theft, "KAM-01");
  const confirmed = deeds.confirm(theft);
  await pass(0);
  assert.deepEqual(sent(), ["place_report r-1"]);
  open();
  await confirmed;
  assert.deepEqual(sent(), ["place_report r-1", "confirm_report r-1"]);
  deeds.chooseCategory(theft, "");
});

test("the same decision anew, of another place, is the only one that is sent", async () => {
  await deeds.place([theft, other], "17.02.07.2012");
  await deeds.place([theft], "17.02.07.2013");
  await pass(6_000);
  const places = server.posted.map(({ report, area }) => [report, area]);
  assert.deepEqual(places, [
    ["r-3", "17.02.07.2012"],
    ["r-1", "17.02.07.2013"],
  ]);
});

for (const [name, leave] of [
  ["left", () => listeners.get("pagehide")()],
  [
    "hidden",
    () => {
      document.hidden = true;
      listeners.get("visibilitychange")();
    },
  ],
]) {
  test(`a page that is ${name} sends it at once, and the request outlives it`, async () => {
    await deeds.confirm(theft);
    leave();
    assert.deepEqual(sent(), ["confirm_report r-1"]);
    assert.equal(server.posted[0].keepalive, true);
    await pass(10_000);
    assert.equal(server.posted.length, 1);
  });
}

test("of more than may outlive a page all are sent, and what fits outlives it", async () => {
  const reason = "x".repeat(1_000);
  const many = Array.from({ length: 60 }, (_, index) => ({ report: `m-${index}`, reason }));
  const rows = many.map(({ report }) => waiting(report));
  state.takeSnapshot({ alerts: [], areas: [], tps: [], names: {}, triage: rows });
  await commands.commandAll("reject_report", many, { held: true });
  listeners.get("pagehide")();
  assert.equal(server.posted.length, 60);
  const outlive = server.posted.filter(({ keepalive }) => keepalive);
  assert.ok(outlive.length > 30 && JSON.stringify(outlive).length < 64 * 1024);
  await pass(0);
});

test("a session that ends sends it while its word still counts", async () => {
  await deeds.confirm(theft);
  state.enter(null);
  assert.deepEqual(
    server.posted.map(({ command, csrf }) => [command, csrf]),
    [["confirm_report", "word"]],
  );
  assert.equal(state.pending.value.size, 0);
});

test("what another decides meanwhile is left as it is", async () => {
  await deeds.place([theft, other], "17.02.07.2012");
  const decided = waiting("r-1", "PID-01", "confirmed");
  state.takeDelta({ triage: { put: [decided] } });
  assert.equal(newest().kind, "refused");
  await pass(6_000);
  assert.deepEqual(sent(), ["place_report r-3"]);
});

test("a request that fails is repeated with its own id", async () => {
  server.status = 0;
  await deeds.confirm(theft);
  await pass(5_000);
  assert.equal(standsOf("r-1"), "unknown");
  server.status = 202;
  await pass(2_000);
  assert.equal(new Set(server.posted.map(({ id }) => id)).size, 1);
  assert.equal(server.posted.length, 2);
});
