// How a command stands, what is told of it, what takes it back, and what was typed for it.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import * as commands from "../../streams/room/page/commands.js";
import { draftOf, keepDraft } from "../../streams/room/page/drafts.js";
import * as state from "../../streams/room/page/state.js";
import { canUndo } from "../../streams/room/page/told.js";
import { row } from "./rows.js";

const server = { posted: [], asked: [], answer: () => ({ status: 202, body: {} }) };
const HANGS = "a room that takes requests and answers none";
const refusal = (status, reason) => ({ status, body: { text: { id: reason, en: reason } } });

const aborted = (signal) =>
  new Promise((_, refuse) => signal.addEventListener("abort", () => refuse(signal.reason)));

globalThis.fetch = async (path, { method, body, signal }) => {
  const isPost = method === "POST";
  if (isPost) server.posted.push(JSON.parse(body));
  else server.asked.push(path);
  const found = server.answer(isPost ? server.posted.at(-1) : path, isPost);
  if (found === HANGS) await aborted(signal);
  if (!found) throw new TypeError("no route");
  const text = JSON.stringify(found.body);
  const ok = found.status < 400;
  return { ok, status: found.status, text: async () => text, headers: new Headers() };
};

const reply = ({ id }, outcome, reason = "") =>
  commands.takeReplies([{ command: id, outcome, reason, says: { id: reason, en: reason } }]);
const newest = () => commands.toasts.value.at(-1);
const pass = async (ms) => {
  mock.timers.tick(ms);
  await new Promise(setImmediate);
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  Object.assign(server, { posted: [], asked: [], answer: () => ({ status: 202, body: {} }) });
  state.pending.value = new Map();
  commands.toasts.value = [];
  state.link.value = "live";
});

test("undo takes back what was carried out, and never what somebody else has done", async () => {
  const [mine, theirs] = [row(), row()];
  state.takeSnapshot({ alerts: [mine, theirs], areas: [], tps: [], names: {} });
  await commands.commandAll("ack", [{ alert: mine.id }, { alert: theirs.id }]);
  assert.equal(canUndo(newest()), false, "nothing is carried out yet");
  assert.equal(commands.undoLast(), false);
  reply(server.posted[0], "done");
  reply(server.posted[1], "refused", "sudah diambil");
  assert.equal(commands.undoLast(), true);
  await pass(0);
  const back = server.posted.slice(2).map(({ command, alert }) => [command, alert]);
  assert.deepEqual(back, [["unack", mine.id]]);
});

test("of what was refused nothing can be taken back", async () => {
  for (const kind of ["ack", "dispatch", "shelve"]) {
    await commands.command(kind, { alert: "a" });
    reply(server.posted.at(-1), "refused", "tidak");
    assert.equal(canUndo(newest()), false, kind);
    await pass(20_000);
  }
  server.answer = () => refusal(403, "bukan wewenang");
  await commands.command("ack", { alert: "a" });
  assert.deepEqual(
    newest().commands.map(({ state: stands, reason }) => [stands, reason.id]),
    [["refused", "bukan wewenang"]],
  );
  assert.equal(commands.undoLast(), false);
});

test("a toast waits for every answer, and then for five seconds", async () => {
  await commands.commandAll("ack", [{ alert: "a" }, { alert: "b" }]);
  reply(server.posted[0], "done");
  await pass(6_000);
  assert.equal(commands.toasts.value.length, 1);
  reply(server.posted[1], "done");
  await pass(4_900);
  assert.equal(newest().commands.every((one) => one.state === "done"), true);
  await pass(200);
  assert.deepEqual(commands.toasts.value, []);
});

test("an answer that the stream did not bring is asked for until it is there", async () => {
  const answered = { command: "", outcome: "done", reason: "", says: { id: "", en: "" } };
  await commands.command("ack", { alert: "a" });
  const [{ id }] = server.posted;
  server.answer = () => refusal(404, "unknown");
  await pass(8_000);
  await pass(8_000);
  assert.deepEqual(server.asked, Array(2).fill(`/api/v1/commands/${id}`));
  assert.equal(commands.pendingOf("a").state, "sent");
  server.answer = () => ({ status: 200, body: { ...answered, command: id } });
  await pass(8_000);
  assert.equal(commands.pendingOf("a").state, "done");
});

test("after a snapshot every awaited answer is asked for at once, and only once more", async () => {
  await commands.commandAll("ack", [{ alert: "a" }, { alert: "b" }]);
  reply(server.posted[0], "done");
  const [, { id }] = server.posted;
  server.answer = () => refusal(404, "unknown");
  commands.askForAwaited();
  await pass(0);
  assert.deepEqual(server.asked, [`/api/v1/commands/${id}`]);
  await pass(8_000);
  assert.equal(server.asked.length, 2, "the asking in turn goes on as before");
});

test("a request that got no answer is sent again with the same id", async () => {
  server.answer = () => null;
  await commands.command("note", { alert: "a", reason: "saksi melapor" });
  assert.equal(commands.pendingOf("a").state, "unknown");
  server.answer = () => refusal(503, "Kafka");
  await pass(2_000);
  assert.equal(commands.pendingOf("a").state, "unknown");
  server.answer = () => ({ status: 202, body: {} });
  await pass(2_000);
  assert.equal(commands.pendingOf("a").state, "sent");
  assert.equal(server.posted.length, 3);
  assert.equal(new Set(server.posted.map(({ id }) => id)).size, 1);
});

test("an answer ends the repeating, and so does half a minute", async () => {
  server.answer = () => null;
  await commands.command("ack", { alert: "a" });
  reply(server.posted[0], "done");
  await pass(2_000);
  await commands.command("note", { alert: "b", reason: "dicatat" });
  for (let turn = 0; turn < 17; turn += 1) await pass(2_000);
  assert.equal(commands.toasts.value.at(-1).commands[0].state, "lost");
  assert.equal(draftOf("note", ["b"], "reason"), "dicatat");
  const count = server.posted.length;
  await pass(60_000);
  assert.equal(server.posted.length, count);
});

test("what was typed is there again when it was not carried out", async () => {
  keepDraft("note", ["a", "b"], "reason", "dua saksi");
  await commands.commandAll("note", [
    { alert: "a", reason: "dua saksi" },
    { alert: "b", reason: "dua saksi" },
  ]);
  assert.equal(draftOf("note", ["a", "b"], "reason"), "", "it is under way");
  reply(server.posted[0], "done");
  reply(server.posted[1], "refused", "sudah selesai");
  assert.equal(draftOf("note", ["a"], "reason"), "");
  assert.equal(draftOf("note", ["b"], "reason"), "dua saksi");
  state.link.value = "offline";
  keepDraft("note", ["c"], "reason", "tetap");
  await commands.command("note", { alert: "c", reason: "tetap" });
  assert.equal(draftOf("note", ["c"], "reason"), "tetap");
  server.answer = () => refusal(401, "masuk dulu");
  state.link.value = "live";
  await commands.command("dispatch", { alert: "c", pair: "P12" });
  assert.equal(draftOf("dispatch", ["c"], "who"), "P12");
});

test("what was typed is the same person's only", () => {
  const enter = (user) => state.enter(user && { user, area: "", may: [] });
  enter("posko-1");
  keepDraft("note", ["a"], "reason", "milik posko-1");
  enter(null);
  enter("posko-1");
  assert.equal(draftOf("note", ["a"], "reason"), "milik posko-1");
  enter("propam");
  assert.equal(draftOf("note", ["a"], "reason"), "");
  enter(null);
});

test("a session that ends under a command keeps the text, and no toast stays", async () => {
  state.enter({ user: "posko-1", area: "", may: [] });
  server.answer = () => {
    state.enter(null);
    return refusal(401, "masuk dulu");
  };
  await commands.command("note", { alert: "a", reason: "dua saksi" });
  assert.equal(draftOf("note", ["a"], "reason"), "dua saksi");
  assert.deepEqual(commands.toasts.value, []);
});

test("rows that were refused stay ticked", async () => {
  state.selected.value = new Set(["a", "b"]);
  await commands.commandAll("ack", [{ alert: "a" }, { alert: "b" }]);
  assert.equal(state.selected.value.size, 2);
  reply(server.posted[0], "done");
  reply(server.posted[1], "refused", "tidak");
  assert.deepEqual([...state.selected.value], ["b"]);
});

test("a room that hangs is not waited for without end, nor is anything called sent", async () => {
  server.answer = () => HANGS;
  const done = commands.commandAll("ack", [{ alert: "a1" }]);
  const stands = () => newest().commands[0].state;
  assert.equal(stands(), "sending");
  await pass(7_999);
  assert.equal(stands(), "sending");
  await pass(1);
  assert.equal(stands(), "unknown");
  await done;
  for (let second = 0; second < 30; second += 1) await pass(1_000);
  assert.equal(stands(), "lost");
  assert.equal(new Set(server.posted.map(({ id }) => id)).size, 1, "again, and the same");
});
