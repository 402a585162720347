// What a key or a button does to alerts: asks what must be asked, then sends.

import { bodyOf } from "./acts.js";
import { askLevel, askPair, askReason, askUntil } from "./dialogs.js";
import { alerts, commandAll, link, may, say, t, toast } from "./store.js";

const titleOf = (kind, rows) => {
  const command = t(`app.do.${kind}`);
  return rows.length > 1 ? t("queue.do.several", { command, count: rows.length }) : command;
};

/** How each kind is asked for; those that are not here are sent without a question. */
const ASK = {
  escalate: (rows) => askLevel(rows[0]),
  shelve: (rows) => askUntil(worst(rows)),
  dispatch: (rows) => askPair(rows[0]),
  resolve: (rows) => reasoned("resolve", rows),
  unack: (rows) => reasoned("unack", rows),
  note: (rows) => reasoned("note", rows, { needed: true }),
};

const worst = (rows) => rows.find((row) => row.severity === "critical") ?? rows[0];

const reasoned = async (kind, rows, { needed = false } = {}) => {
  const row = rows.length === 1 ? rows[0] : null;
  const reason = await askReason(titleOf(kind, rows), { row, needed });
  return reason === null ? null : { reason };
};

const refuse = (kind, rows) => {
  const titles = rows.map((row) => say(row.title)).join(", ");
  const says = () => t("queue.maynot", { command: t(`app.do.${kind}`), what: titles });
  toast(says, { kind: "refused" });
};

/** Do `kind` to these alerts, after asking; who may not is told so, and nothing is sent. */
export const doTo = async (kind, ids) => {
  const rows = ids.map((id) => alerts.value.get(id)).filter(Boolean);
  if (!rows.length) return;
  if (link.value === "offline") {
    toast(() => t("app.offline.notsent"), { kind: "refused" });
    return;
  }
  const allowed = rows.filter((row) => may(row.id, kind));
  if (!allowed.length) {
    refuse(kind, rows);
    return;
  }
  const given = ASK[kind] ? await ASK[kind](allowed) : {};
  if (given === null) return;
  await commandAll(
    kind,
    allowed.map((row) => bodyOf({ command: kind }, row, given)),
  );
};
