// Orders to the fold: sent, done, or refused with its reason; and how each is taken back.
//
// A command is sent at once, so that an acknowledgement stops the ladder at once; `undo` sends the
// command that reverses it. What has no reverse (escalate: people have been told) gets no undo.

import { Problem, get, post } from "./api.js";
import { language, say, t } from "./i18n.js";
import { alerts, link, pending } from "./state.js";
import { signal } from "./ui.js";

const UNDO_MS = 5_000;
const REFUSED_MS = 15_000;
const ASK_AFTER_MS = 8_000;

const REVERSE = {
  ack: "unack",
  unack: "ack",
  shelve: "unshelve",
  resolve: "reopen",
  reopen: "resolve",
  dispatch: "release",
  release: "dispatch",
};

/** What is told at the foot of the page: `{id, text() , commands, undo, kind}`, the newest last. */
export const toasts = signal([]);

const ids = { count: 0 };

/** An id that no other page makes; `crypto.randomUUID` is missing where there is no TLS. */
export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `room-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
};

/** Take a toast away. */
export const dismiss = (id) => {
  toasts.value = toasts.value.filter((each) => each.id !== id);
};

/**
 * Tell something at the foot of the page, and who hears rather than sees gets it read out.
 * `text` is a string, or a function where it must follow the language; `undo` a function.
 */
export const toast = (text, options = {}) => {
  const { undo = null, commands = [], kind = "told", forMs = UNDO_MS } = options;
  ids.count += 1;
  const made = { id: ids.count, text: typeof text === "function" ? text : () => text };
  toasts.value = [...toasts.value.slice(-3), { ...made, undo, commands, kind }];
  setTimeout(() => dismiss(made.id), forMs);
  return made.id;
};

const track = (id, change) => {
  const next = new Map(pending.value);
  if (change) next.set(id, { ...next.get(id), ...change });
  else next.delete(id);
  pending.value = next;
};

const settle = (id, state, reason = "") => {
  const found = pending.value.get(id);
  if (!found || found.state !== "sent") return;
  track(id, { state, reason });
  if (state === "refused") {
    const why = () => t("app.refused", { command: t(`app.do.${found.kind}`), reason: say(reason) });
    toast(why, { kind: "refused", forMs: REFUSED_MS });
  }
  setTimeout(() => track(id, null), state === "refused" ? REFUSED_MS : UNDO_MS);
};

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

const askAgain = async (id) => {
  if (pending.value.get(id)?.state !== "sent") return;
  try {
    takeReplies([await get(`/api/v1/commands/${encodeURIComponent(id)}`)]);
  } catch {
    // Not answered yet: the stream brings it, or the row shows that it still waits.
  }
};

const send = async (kind, fields) => {
  const id = newId();
  track(id, { kind, alert: fields.alert ?? "", state: "sent", reason: "" });
  try {
    await post("/api/v1/commands", { id, command: kind, ...fields });
    setTimeout(() => askAgain(id), ASK_AFTER_MS);
  } catch (problem) {
    settle(id, "refused", problemText(problem));
  }
  return id;
};

const reversed = (kind, each) => {
  const reason = language.value === "en" ? "undone" : "diurungkan";
  return [REVERSE[kind], { ...each, until: undefined, reason }];
};

/** Send one kind of command for several things, under one toast and one undo. */
export const commandAll = async (kind, all, { undo = true } = {}) => {
  if (link.value === "offline") {
    toast(() => t("app.offline.notsent"), { kind: "refused" });
    return [];
  }
  const sending = Promise.all(all.map((fields) => send(kind, fields)));
  const commands = await sending;
  const isMeant = (id) => pending.value.get(id)?.state !== "refused";
  const taken = all.filter((_, index) => isMeant(commands[index]));
  if (!taken.length) return commands;
  const back = undo && REVERSE[kind] && (() => commandAllBack(kind, taken));
  const text = () => t("app.commanded", { command: t(`app.do.${kind}`), count: taken.length });
  toast(text, { undo: back || null, commands });
  return commands;
};

const commandAllBack = async (kind, taken) => {
  const sent = await Promise.all(taken.map((fields) => send(...reversed(kind, fields))));
  toast(() => t("app.undone"), { commands: sent });
};

/**
 * Send a command: `command("ack", { alert: id })`. Its way is in `pending`; gives its id, or ""
 * where nothing was sent. `undo: false` offers no way back.
 */
export const command = async (kind, fields = {}, options = {}) => {
  const [id = ""] = await commandAll(kind, [fields], options);
  return id;
};

/** Take back the last thing that can be. */
export const undoLast = () => {
  const last = toasts.value.findLast((each) => each.undo);
  if (!last) return false;
  dismiss(last.id);
  last.undo();
  return true;
};

/** The newest command that is on its way to an alert, or was refused lately; else undefined. */
export const pendingOf = (alert) =>
  [...pending.value.values()].findLast((each) => each.alert === alert);

/** Whether a person may do `kind` to an alert as it stands; the fold has the last word. */
export const may = (alert, kind) => alerts.value.get(alert)?.may.includes(kind) ?? false;
