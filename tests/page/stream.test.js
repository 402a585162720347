// Two tabs on one stream: what the second is told when it comes, and what ends both.
//
// The pieces of a browser that a stream needs stand here as plain objects; nothing is timed.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { row } from "./rows.js";

const told = [];
const frames = [];
const page = { source: null, channels: {} };

class Source extends EventTarget {
  constructor(address) {
    super();
    page.source = this;
    this.address = address;
  }

  close() {}

  say(kind, data, lastEventId) {
    const event = new Event(kind);
    this.dispatchEvent(Object.assign(event, { data: JSON.stringify(data), lastEventId }));
  }
}

class Channel {
  constructor(name) {
    page.channels[name] = this;
    this.name = name;
  }

  postMessage(message) {
    told.push({ channel: this.name, ...message });
  }

  close() {}
}

globalThis.EventSource = Source;
globalThis.BroadcastChannel = Channel;
globalThis.requestAnimationFrame = (draw) => frames.push(draw);
globalThis.document = { hidden: false };
const asked = [];
const server = { session: null };
globalThis.fetch = async (path, { method }) => {
  asked.push(`${method} ${path}`);
  if (path === "/api/v1/session" && server.session) return Response.json(server.session);
  return new Response("{}", { status: method === "POST" ? 202 : 401 });
};
Object.defineProperty(globalThis, "navigator", {
  value: { locks: { request: async (name, options, lead) => lead() } },
});
const state = await import("../../streams/room/page/state.js");
const { askSession } = await import("../../streams/room/page/api.js");
const { command } = await import("../../streams/room/page/commands.js");
const { startStream, stopStream } = await import("../../streams/room/page/stream.js");
const { startTabs } = await import("../../streams/room/page/tabs.js");

const session = { user: "posko-1", csrf: "word", area: "", expires_ms: 1_000 };
const ofAll = "siaga.session";
startTabs();
const hear = (channel, message) => page.channels[channel].onmessage({ data: message });
const settled = () => new Promise(setImmediate);
const snapshot = (...alerts) => ({ session, alerts, areas: [], tps: [], names: {} });

const begun = () => {
  state.enter(session);
  startStream();
  page.source.say("snapshot", snapshot(row()), "r.1");
  frames.splice(0).forEach((draw) => draw());
};

afterEach(() => {
  state.enter(null);
  server.session = null;
  told.length = asked.length = frames.length = 0;
});

test("who comes is told what waits for the next frame, since it is told to go on after it", () => {
  begun();
  const late = row();
  page.source.say("delta", { alerts: { put: [late] } }, "r.2");
  hear("siaga.posko-1.", { kind: "hello" });
  const given = told.find(({ kind }) => kind === "snapshot");
  assert.equal(given.since, "r.2");
  assert.ok(JSON.parse(given.text).alerts.some(({ id }) => id === late.id));
  frames.splice(0).forEach((draw) => draw());
  assert.equal(state.alerts.value.size, 2);
});

test("a stream that begins anew asks at once for the answers that it has not brought", async () => {
  begun();
  await command("ack", { alert: "a" });
  const [id] = state.pending.value.keys();
  asked.length = 0;
  page.source.say("snapshot", snapshot(row()), "other.1");
  frames.splice(0).forEach((draw) => draw());
  assert.deepEqual(asked, [`GET /api/v1/commands/${id}`]);
});

test("a session that ends leaves nothing here, and the other tabs hear of it", async () => {
  begun();
  page.source.onerror();
  await settled();
  assert.equal(state.session.value, null);
  assert.equal(state.alerts.value.size, 0);
  // Of whatever kabupaten they show the TPS.
  assert.deepEqual(told.at(-1), { channel: ofAll, kind: "logout" });
});

test("a tab that hears of the end of the session ends too, and tells nobody again", () => {
  begun();
  told.length = 0;
  hear(ofAll, { kind: "logout" });
  assert.equal(state.session.value, null);
  assert.equal(state.alerts.value.size, 0);
  assert.deepEqual(told, []);
});

test("who finds at once that nobody is logged in ends no other tab", async () => {
  await assert.rejects(askSession());
  assert.deepEqual(told, []);
});

test("a tab that hears of a login asks whose it is, and is his", async () => {
  begun();
  assert.deepEqual(told[0], { channel: ofAll, kind: "login" });
  server.session = { ...session, user: "pemda" };
  hear(ofAll, { kind: "login" });
  await settled();
  assert.equal(state.session.value.user, "pemda");
  assert.equal(state.alerts.value.size, 0);
});

test("a stream that is cut tells here and in other tabs how long the session lasts", async () => {
  begun();
  server.session = { ...session, expires_ms: 9_000 };
  page.source.onerror();
  await settled();
  assert.equal(state.snapshotNow().session.expires_ms, 9_000);
  const message = { kind: "renewed", user: "posko-1", expires_ms: 9_000 };
  assert.deepEqual(told.at(-1), { channel: ofAll, ...message });
  stopStream();
  hear(ofAll, { ...message, expires_ms: 12_000 });
  assert.equal(state.session.value.expires_ms, 12_000);
});
