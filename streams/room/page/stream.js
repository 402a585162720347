// What comes from the server, for all tabs of this machine: one EventSource, shared.
//
// The tab that holds the lock listens and passes on what it hears; the others follow it over a
// BroadcastChannel and take over when it goes. Where the browser has no locks (no TLS and not this
// machine) each tab listens for itself. A cut is bridged by `?since=`: the server replays what was
// missed, or sends a new snapshot. Deltas are applied once a frame, however many come.

import { askSession, holdCsrf } from "./api.js";
import { askForAwaited, takeReplies } from "./commands.js";
import { startLink } from "./link.js";
import { forgetSnapshot, lastSnapshot, saveSnapshot } from "./memory.js";
import { areas, onLogout, session, snapshotNow } from "./state.js";
import { takeClock, takeDelta, takeSnapshot } from "./state.js";
import { renewSession } from "./tabs.js";
import { batch } from "./ui.js";

const AGAIN_MS = 2_000;
const SPREAD_MS = 3_000;
const HIDDEN_FRAME_MS = 200;
const KINDS = ["snapshot", "delta", "clock", "end"];

const wire = {
  source: null,
  channel: null,
  since: "",
  zoom: "",
  queue: [],
  isAsked: false,
  isLeader: false,
  isFollowed: false,
  isFresh: false,
  isRemembered: false,
  stop: null,
  again: 0,
  link: null,
};

const apply = ({ kind, data }) => {
  if (kind === "snapshot") {
    takeSnapshot(data);
    wire.isFresh = true;
    holdCsrf(data.session?.csrf);
    askForAwaited();
  } else if (kind === "delta") {
    takeDelta(data);
    takeReplies(data.replies?.put ?? []);
  } else if (kind === "clock") takeClock(data);
};

const frame = () => {
  wire.isAsked = false;
  const queue = wire.queue;
  wire.queue = [];
  batch(() => queue.forEach(apply));
  if (wire.isLeader) saveSnapshot(snapshotNow);
};

const take = (message) => {
  wire.link?.heard();
  if (message.kind === "delta" && !wire.isFresh) return; // A follower that has no snapshot yet.
  if (message.kind === "snapshot") wire.isFresh = true;
  wire.queue.push(message);
  if (wire.isAsked) return;
  wire.isAsked = true;
  // A hidden tab draws no frames, but it must still ring.
  if (document.hidden) setTimeout(frame, HIDDEN_FRAME_MS);
  else requestAnimationFrame(frame);
};

/** Other tabs get the text, which costs less to copy than a thousand rows; without them nobody. */
const pass = (kind, text, since) => {
  take({ kind, data: JSON.parse(text), since });
  if (wire.isFollowed) wire.channel?.postMessage({ kind, text, since });
};

const later = (ms) => {
  clearTimeout(wire.again);
  wire.again = setTimeout(listen, ms);
};

const cut = async (wait) => {
  wire.source?.close();
  wire.source = null;
  const { link } = wire;
  link.cut();
  // Where nobody is logged in any more, that ends it.
  await askSession()
    .then(renewSession)
    .catch(() => {});
  if (link === wire.link) later(wait);
};

const addressOf = () => {
  const query = new URLSearchParams();
  if (wire.zoom) query.set("zoom", wire.zoom);
  if (wire.since && wire.isFresh) query.set("since", wire.since);
  const search = query.toString();
  return `/api/v1/stream${search ? `?${search}` : ""}`;
};

const listen = () => {
  wire.source?.close();
  const source = new EventSource(addressOf());
  wire.source = source;
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => {
      if (source !== wire.source) return;
      if (event.lastEventId) wire.since = event.lastEventId;
      if (kind === "end") cut(Math.random() * SPREAD_MS);
      else pass(kind, event.data, wire.since);
    });
  }
  source.onopen = () => wire.link?.open();
  // We connect anew ourselves, so that `since` is ours and a lost session is noticed.
  source.onerror = () => source === wire.source && cut(AGAIN_MS);
};

const hear = ({ data: message }) => {
  if (message.kind === "lead") wire.channel.postMessage({ kind: "here" });
  else if (message.kind === "here") wire.isFollowed = true;
  else if (message.kind === "hello") {
    wire.isFollowed = true;
    if (!wire.isLeader || !wire.isFresh) return;
    frame(); // What waits for it is not in the tables yet, and `since` is beyond it.
    const text = JSON.stringify(snapshotNow());
    wire.channel.postMessage({ kind: "snapshot", text, since: wire.since });
  } else {
    wire.since = message.since ?? wire.since;
    wire.link?.open();
    take({ ...message, data: JSON.parse(message.text) });
  }
};

const lead = () =>
  new Promise((done) => {
    wire.stop = done;
    wire.isLeader = true;
    wire.channel?.postMessage({ kind: "lead" }); // Who follows says so.
    listen();
  });

/** Begin to listen as this session, zoomed to a kabupaten; `""` leaves that to the server. */
export const startStream = (zoom = "") => {
  stopStream();
  wire.zoom = zoom;
  wire.link = startLink({ isRemembered: wire.isRemembered });
  wire.isRemembered = false;
  const name = `siaga.${session.value.user}.${zoom}`;
  const { locks } = globalThis.navigator;
  if (!locks || !globalThis.BroadcastChannel) {
    wire.isLeader = true;
    listen();
    return;
  }
  wire.channel = new BroadcastChannel(name);
  wire.channel.onmessage = hear;
  const abort = new AbortController();
  wire.stop = () => abort.abort();
  wire.channel.postMessage({ kind: "hello" });
  locks.request(name, { signal: abort.signal }, lead).catch(() => {});
};

/** Listen no more. */
export const stopStream = () => {
  clearTimeout(wire.again);
  wire.source?.close();
  wire.channel?.close();
  wire.stop?.();
  wire.link?.stop();
  Object.assign(wire, { source: null, channel: null, stop: null, link: null });
  Object.assign(wire, { isLeader: false, isFollowed: false, isFresh: false });
  Object.assign(wire, { since: "", queue: [] });
};

onLogout(stopStream);
onLogout(forgetSnapshot);
onLogout(() => holdCsrf(""));

/** Show the TPS of another kabupaten. */
export const zoomTo = (code) => {
  if (code === wire.zoom || !areas.value.has(code)) return;
  startStream(code);
};

/** Show what was last seen on this machine, until the server answers. */
export const showLast = async () => {
  const last = await lastSnapshot();
  if (!last || wire.isFresh) return;
  takeSnapshot(last);
  wire.isRemembered = true;
};
