// What people have reported, in their own words: asked for when it is to be read, a page at a time.
//
// The topics tell of a report everything but its words; the room reads those in the journal. They
// are held for as long as somebody is logged in and the report is at the desk, and on no disk.

import { get } from "./api.js";
import { problemText } from "./commands.js";
import { has, say, t } from "./i18n.js";
import { onLogout, triage } from "./state.js";
import { html, signal } from "./ui.js";

/** As many as the server takes at once. */
const AT_ONCE = 50;

/** What is known of reports, by id: `{standing, text, role, attached}`. */
export const said = signal(new Map());
/** Why the last question was not answered; empty: it was. */
export const unsaid = signal("");

const way = { turn: 0, isAsking: false, wanted: [] };

// The words are for whoever has asked for them: an answer that comes later is for nobody.
onLogout(() => {
  way.turn += 1;
  way.wanted = [];
  said.value = new Map();
  unsaid.value = "";
});

const take = (rows, asked) => {
  const there = [...said.peek()].filter(([id]) => triage.peek().has(id));
  // A report that is not in the answer has gone from sight meanwhile.
  const gone = { standing: "gone", text: "", role: "", attached: 0 };
  const told = new Map(rows.map((row) => [row.id, row]));
  said.value = new Map([...there, ...asked.map((id) => [id, told.get(id) ?? gone])]);
};

const askOnce = async (ids) => {
  const { turn } = way;
  try {
    const { said: rows } = await get("/api/v1/said", { reports: ids.join() });
    if (way.turn !== turn) return;
    take(rows, ids);
    unsaid.value = "";
  } catch (problem) {
    if (way.turn === turn) unsaid.value = problemText(problem);
  }
};

const isNew = (id) => id && !said.peek().has(id);

/** Ask for the words of reports that are not known yet, the first ones first. */
export const askSaid = async (ids) => {
  way.wanted = ids;
  if (way.isAsking) return;
  way.isAsking = true;
  do {
    const next = way.wanted.filter(isNew).slice(0, AT_ONCE);
    if (!next.length) break;
    await askOnce(next);
  } while (!unsaid.peek());
  way.isAsking = false;
};

const textOf = (id) => {
  const one = said.value.get(id);
  if (!one) return [say(unsaid.value) || t("desk.loading"), false];
  if (one.standing !== "kept") return [t(`desk.triage.said.${one.standing}`), false];
  return one.text ? [one.text, true] : [t("desk.triage.said.none"), false];
};

/** The words of a report, or why there are none to read. */
export const Said = ({ id, name }) => {
  const [text, isSaid] = textOf(id);
  return isSaid
    ? html`<q class=${name}>${text}</q>`
    : html`<span class=${`m ${name}`}>${text}</span>`;
};

/** Who spoke and what came with it: `warga · 1 lampiran`; empty: it is not known. */
export const speakerOf = (id) => {
  const one = said.value.get(id);
  if (!one) return "";
  const role = has(`desk.source.${one.role}`) ? t(`desk.source.${one.role}`) : (one.role ?? "");
  const attached = one.attached ? t("desk.triage.attached", { count: one.attached }) : "";
  return [role, attached].filter(Boolean).join(" · ");
};
