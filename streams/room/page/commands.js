// Orders to the fold: sent, done, or refused with its reason; and how each is taken back.
//
// A command is sent at once, so that an acknowledgement stops the ladder at once; `undo` sends the
// command that reverses it. What has no reverse (escalate: people have been told) gets no undo, and
// what was not carried out neither: its reverse would take back what somebody else has done. Only
// what can wait and has no reverse is held for a moment (`held.js`), and undo lets it go.
//
// held ─► sending ─► sent ─► done | refused   sent: the room has it; no answer to the request:
//              ▼       ▲                      unknown, sent again with the same id, which counts
//              unknown ─► lost                once however often it comes; lost: for too long, and
//                                             nobody knows whether it arrived

import { Problem, get, post } from "./api.js";
import { dropDrafts, restoreDrafts } from "./drafts.js";
import { heldOf, hold, letGo, sendHeld } from "./held.js";
import { language, t } from "./i18n.js";
import { alerts, link, onLogout, pending, selected } from "./state.js";
import { isSettled, standsNow, tellNoMore, tellOf, tellsMs, toast, toasts } from "./told.js";

export { sendHeld, startHeld } from "./held.js";
export { dismiss, toast, toasts, undoLast } from "./told.js";

const ASK_EVERY_MS = 8_000;
const ANSWER_MS = 8_000;
const AGAIN_MS = 2_000;
const AGAIN_FOR_MS = 30_000;
/** So much may go on when the page is left: of 64 KiB something is for the rest of a request. */
const LEAVES_MAX = 48_000;

const REVERSE = {
  ack: "unack",
  unack: "ack",
  shelve: "unshelve",
  resolve: "reopen",
  reopen: "resolve",
  dispatch: "release",
  release: "dispatch",
};

/** What a request that got no answer means. */
const LOST = {
  id: "Tidak pasti sampai ke server. Periksa keadaannya sebelum mengulang.",
  en: "It is not certain that the server got it. Look how things stand before you repeat it.",
};

/** An id that no other page makes; `crypto.randomUUID` is missing where there is no TLS. */
export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `room-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
};

const track = (id, change) => {
  const next = new Map(pending.value);
  if (change) next.set(id, { ...next.get(id), ...change });
  else next.delete(id);
  pending.value = next;
};

/** The state of a command that is still awaited; "" of others. */
const awaited = (id) => {
  const found = pending.value.get(id);
  return found && !isSettled(found) ? found.state : "";
};

const stands = (id, change) => {
  track(id, change);
  standsNow(id, change);
};

const untick = (alert) => {
  if (!selected.value.has(alert)) return;
  selected.value = new Set([...selected.value].filter((id) => id !== alert));
};

/** What people have typed for commands that are not answered: id → {kind, fields, isTaken}. */
const typed = new Map();

const giveBack = (id) => {
  const { kind, fields } = typed.get(id) ?? {};
  if (kind) restoreDrafts(kind, fields);
};

const settle = (id, state, reason = "") => {
  if (!awaited(id)) return;
  const { alert } = pending.value.get(id);
  stands(id, { state, reason });
  if (state === "done") untick(alert);
  else giveBack(id);
  typed.delete(id);
  setTimeout(() => track(id, null), tellsMs([{ state }]));
};

// A session that has ended takes nothing: what was typed for it is there at the next login. What is
// held is tried all the same, since the session may have ended in this page alone.
onLogout(() => {
  sendHeld();
  for (const [id, { isTaken }] of typed) if (!isTaken) giveBack(id);
  typed.clear();
  toasts.value = [];
});

/** Take the fold's answers, as they come in a delta. */
export const takeReplies = (replies) => {
  for (const { command: id, outcome, says, reason } of replies) {
    settle(id, outcome, says?.id ? says : reason);
  }
};

/** Of what is not well formed, which part: the sentence alone says only that one is. */
const withPart = (text, part) => ({ id: `${text.id} (${part})`, en: `${text.en} (${part})` });

/** What a problem means, in words, for people. */
export const problemText = (problem) => {
  if (!(problem instanceof Problem)) return String(problem);
  const { text, field, detail, reason } = problem;
  const part = field || (reason === "schema" ? detail : "");
  return text && part ? withPart(text, part) : (text ?? detail);
};

const askFor = async (id) => {
  try {
    takeReplies([await get(`/api/v1/commands/${encodeURIComponent(id)}`)]);
  } catch {
    // Not answered yet: the row shows that it still waits.
  }
};

/** Until the answer is here: it may have been lost on its way, once. */
const askAgain = async (id) => {
  if (!awaited(id)) return;
  await askFor(id);
  setTimeout(askAgain, ASK_EVERY_MS, id);
};

/** The stream has begun anew: what was answered meanwhile is not in it. */
export const askForAwaited = () => {
  for (const id of pending.value.keys()) if (["sent", "unknown"].includes(awaited(id))) askFor(id);
};

/** Whether a request may have arrived all the same, or is to be sent again as the server says. */
const isUnsure = ({ status }) => status === 0 || (status >= 502 && status <= 504);

const deliver = async ({ id, kind, fields }, options = {}, untilMs = Date.now() + AGAIN_FOR_MS) => {
  try {
    const body = { id, command: kind, ...fields };
    await post("/api/v1/commands", body, { ...options, timeoutMs: ANSWER_MS });
    if (typed.has(id)) typed.get(id).isTaken = true;
    if (awaited(id)) stands(id, { state: "sent" });
    setTimeout(askAgain, ASK_EVERY_MS, id);
  } catch (problem) {
    if (!isUnsure(problem)) settle(id, "refused", problemText(problem));
    else if (Date.now() > untilMs) settle(id, "lost", LOST);
    else if (awaited(id)) {
      stands(id, { state: "unknown" });
      setTimeout(deliver, AGAIN_MS, { id, kind, fields }, {}, untilMs);
    }
  }
};

const made = (kind, all, state = "sending") =>
  all.map((fields) => {
    const alert = fields.alert ?? "";
    const one = { id: newId(), kind, alert, fields };
    track(one.id, { kind, alert, state, reason: "" });
    return one;
  });

/** What was held goes, also from a page that is left. */
const sendNow = (commands) => {
  let length = 0;
  return Promise.all(
    commands.map((one) => {
      if (awaited(one.id)) stands(one.id, { state: "sending" });
      length += JSON.stringify(one).length;
      return deliver(one, { keepalive: length < LEAVES_MAX });
    }),
  );
};

/** Let go of what is held: it was never sent. Gives back what was typed for it. */
const recall = (commands) => {
  letGo(commands);
  for (const { id } of commands) {
    giveBack(id);
    typed.delete(id);
    track(id, null);
  }
  tellNoMore(commands);
};

/** Recall what is held and for which `isMeant({kind, fields})`; tells whether there was some. */
export const recallHeld = (isMeant) => {
  const found = heldOf(isMeant);
  if (found.length) recall(found);
  return found.length > 0;
};

const reversed = (kind, fields) => {
  const reason = language.value === "en" ? "undone" : "diurungkan";
  return { ...fields, until: undefined, reason };
};

/**
 * Send one kind of command for several things, under one toast and one undo; gives their ids.
 * `held`: not before a few seconds have passed, in which they can be taken back. What was held
 * until now goes first.
 */
export const commandAll = async (kind, all, { undo = true, held = false } = {}) => {
  if (link.value === "offline") {
    toast(() => t("app.offline.notsent"), { kind: "refused" });
    return [];
  }
  const isOfThese = ({ fields: { report } }) => all.some((one) => report && one.report === report);
  const isAfter = heldOf(isOfThese).length > 0;
  const before = sendHeld();
  const commands = made(kind, all, held ? "held" : "sending");
  for (const { id, fields } of commands) {
    typed.set(id, { kind, fields, isTaken: false });
    dropDrafts(kind, fields);
  }
  if (held) holdAll(kind, commands);
  else {
    const back = (taken) => takeBack(kind, commands, taken);
    tellOf(textOf(kind, commands), commands, undo && REVERSE[kind] ? back : null);
    // Two requests at once may overtake each other.
    if (isAfter) await before;
    await Promise.all(commands.map((one) => deliver(one)));
  }
  return commands.map(({ id }) => id);
};

const holdAll = (kind, commands) => {
  const back = () => {
    recall(commands);
    toast(() => t("app.undone.held"));
  };
  tellOf(textOf(kind, commands), commands, back, "held");
  hold(commands, sendNow);
};

const takeBack = async (kind, commands, taken) => {
  const done = commands.filter((one) => taken.some(({ id }) => id === one.id));
  const fields = done.map((one) => reversed(kind, one.fields));
  const back = made(REVERSE[kind], fields);
  tellOf(() => t("app.undone"), back);
  await Promise.all(back.map((one) => deliver(one)));
};

/** `Ambil: Bentrok massa`, or how many they are. */
const textOf = (kind, commands) => () => {
  const command = t(`app.do.${kind}`);
  const row = commands.length === 1 && alerts.value.get(commands[0].alert);
  return row
    ? t("app.commanded.one", { command, title: row.title[language.value] })
    : t("app.commanded", { command, count: commands.length });
};

/**
 * Send a command: `command("ack", { alert: id })`. Its way is in `pending`; gives its id, or ""
 * where nothing was sent. `undo: false` offers no way back.
 */
export const command = async (kind, fields = {}, options = {}) => {
  const [id = ""] = await commandAll(kind, [fields], options);
  return id;
};

/** The newest command that is on its way to an alert, or was refused lately; else undefined. */
export const pendingOf = (alert) =>
  [...pending.value.values()].findLast((each) => each.alert === alert);

/** Whether a person may do `kind` to an alert as it stands; the fold has the last word. */
export const may = (alert, kind) => alerts.value.get(alert)?.may.includes(kind) ?? false;
