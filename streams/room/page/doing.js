// What a key or a button does to alerts: says why not, asks what must be asked, then sends.

import { ONE_ONLY, actOf, actsOf, bodyOf, kindFor } from "./acts.js";
import { asked, reportsOf } from "./questions.js";
import { alerts, briefOf, commandAll, link, pendingOf, session, t, toast } from "./store.js";
import { isSettled } from "./told.js";

const aroundOf = (row) => ({
  session: session.value,
  link: link.value,
  reports: reportsOf(row),
});

/** What can be done to `row` by who is logged in, as it stands. */
export const actsNow = (row) => actsOf(row, aroundOf(row));

/** Whether a key or button would do anything to one of these. */
export const isOpenFor = (kind, rows) =>
  rows.some((row) => actOf(kindFor(kind, rows), row, aroundOf(row)).isOpen);

/** Why an act is shut, in words; null: it is open. */
export const inWords = (because) => {
  if (!because) return null;
  const [key, values] = because;
  const said = Object.entries(values).map(([name, value]) => [name, t(`alert.${name}.${value}`)]);
  return t(key, Object.fromEntries(said));
};

const titlesOf = (rows) => rows.map(briefOf).join(", ");

/** Say of each reason once which alerts it shuts the act for. */
const refuse = (kind, shut) => {
  const byReason = new Map();
  for (const [row, { because }] of shut) {
    const key = JSON.stringify(because);
    byReason.set(key, [...(byReason.get(key) ?? []), row]);
  }
  for (const [because, rows] of byReason) {
    const says = () =>
      t("queue.maynot", {
        command: t(`alert.do.${kind}`),
        what: titlesOf(rows),
        why: inWords(JSON.parse(because)),
      });
    toast(says, { kind: "refused" });
  }
};

/** What was ordered a moment ago and is not answered yet is not ordered once more. */
const isUnderWay = (row, { command }) => {
  const last = pendingOf(row.id);
  return last?.kind === command && !isSettled(last);
};

const send = async (act, rows) => {
  const given = await asked(act, rows);
  if (given === null) return;
  await commandAll(
    act.command,
    rows.map((row) => bodyOf(act, row, given)),
  );
};

/** Do `kind` to these alerts of the queue, after asking; what may not be done is told with why. */
export const doTo = async (kind, ids) => {
  const rows = ids.map((id) => alerts.value.get(id)).filter(Boolean);
  await doToRows(kindFor(kind, rows), rows);
};

/** The same of rows that the queue may hold no more. */
export const doToRows = async (kind, rows) => {
  if (!rows.length) return;
  if (link.value === "offline") {
    toast(() => t("app.offline.notsent"), { kind: "refused" });
    return;
  }
  if (rows.length > 1 && ONE_ONLY.includes(kind)) {
    toast(() => t("queue.oneonly", { command: t(`alert.do.${kind}`) }), { kind: "refused" });
    return;
  }
  const acts = rows.map((row) => [row, actOf(kind, row, aroundOf(row))]);
  const fresh = acts.filter(([row, act]) => !isUnderWay(row, act));
  refuse(
    kind,
    fresh.filter(([, act]) => !act.isOpen),
  );
  const open = fresh.filter(([, act]) => act.isOpen);
  if (!open.length) return;
  await send(
    open[0][1],
    open.map(([row]) => row),
  );
};
