// What somebody has typed for a command that was not carried out: by kind, alert and field.
//
// It is kept in memory alone, and thrown away when somebody else logs in on this page.

import { session } from "./state.js";
import { effect } from "./ui.js";

const kept = new Map();
const owner = { user: "" };

const keyOf = (kind, id, field) => `${kind} ${id} ${field}`;

/** What was typed for one of these things; "": nothing. */
export const draftOf = (kind, ids, field) =>
  ids.map((id) => kept.get(keyOf(kind, id, field))).find(Boolean) ?? "";

/** Keep what is typed; an empty text is forgotten. */
export const keepDraft = (kind, ids, field, text) => {
  for (const id of ids) {
    if (text) kept.set(keyOf(kind, id, field), text);
    else kept.delete(keyOf(kind, id, field));
  }
};

const typedOf = ({ reason = "", pair = "", officer = "" }) => ({ reason, who: pair || officer });
const aboutOf = ({ alert, report }) => alert ?? report ?? "";

/** A command is on its way: what was typed for it is in it. */
export const dropDrafts = (kind, fields) => {
  for (const field of Object.keys(typedOf(fields))) keepDraft(kind, [aboutOf(fields)], field, "");
};

/** It was not carried out: what was typed is there again, unless something newer is. */
export const restoreDrafts = (kind, fields) => {
  for (const [field, text] of Object.entries(typedOf(fields))) {
    const about = [aboutOf(fields)];
    if (!draftOf(kind, about, field)) keepDraft(kind, about, field, text);
  }
};

effect(() => {
  const user = session.value?.user;
  if (!user || user === owner.user) return;
  kept.clear();
  owner.user = user;
});
