// What all tabs of this browser must hear, whatever each of them shows: they have one session.
//
// A tab that logs out ends the others, one that logs in takes them along, and a step in any of them
// makes it last for all. What comes from the server is shared by fewer of them (`stream.js`).

import { askSession, holdCsrf, onLoggedOut } from "./api.js";
import { enter, renew, session } from "./state.js";
import { computed, effect } from "./ui.js";

const NAME = "siaga.session";
const wire = { channel: null };
const user = computed(() => session.value?.user ?? "");

const tell = (message) => wire.channel?.postMessage(message);

/** Take of the server's word who is logged in how long that lasts; who is not is not let in. */
export const renewSession = ({ user: whose, expires_ms }) => {
  renew({ user: whose, expires_ms });
  tell({ kind: "renewed", user: whose, expires_ms });
};

const askWho = async () => {
  const given = await askSession().catch(() => null);
  if (!given) return; // Nobody, or the server is away: either is noticed elsewhere.
  holdCsrf(given.csrf);
  enter(given);
};

const hear = ({ data: message }) => {
  if (message.kind === "logout") enter(null);
  else if (message.kind === "renewed") renew(message);
  else if (message.kind === "login") askWho();
};

/** Begin to hear and to be heard. Called once. */
export const startTabs = () => {
  if (!globalThis.BroadcastChannel) return;
  wire.channel = new BroadcastChannel(NAME);
  wire.channel.onmessage = hear;
  effect(() => user.value && tell({ kind: "login" }));
};

/** The session is over: tell the other tabs, and show and keep nothing of it. */
export const leave = () => {
  if (session.peek()) tell({ kind: "logout" });
  enter(null);
};

onLoggedOut(leave);
