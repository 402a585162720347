// What comes by phone or radio, as a form: which fields there are, and what is sent of them. Pure.

import { isoIn } from "./time.js";

const DAY = 86_400_000;
const AHEAD = 120_000;
/** What would be longer ago is a slip, of an hour that has not come yet. */
const AGO_MAX = 20 * 3_600_000;
const CLOCK = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;
/** `120`, or `1.200` with the points of thousands. */
const NUMBER = /^(\d+|\d{1,3}(\.\d{3})+)$/;
const TPS = /^\d{2}\.\d{2}\.\d{2}\.\d{4}-\d{3}$/;
const CATEGORY = /^[A-Z]{3}-\d{2}$/;
const DESA = /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/;

/** Who may be relayed. A status comes from those on duty, a report from anybody. */
export const RELAYED = {
  report: [
    "warga",
    "anonim",
    "kpps",
    "panitia",
    "linmas",
    "saksi",
    "ptps",
    "panwas",
    "ppk",
    "pam_tps",
    "bhabinkamtibmas",
    "polsek",
    "polres",
  ],
  status: [
    "pam_tps",
    "kpps",
    "panitia",
    "ptps",
    "panwas",
    "ppk",
    "linmas",
    "bhabinkamtibmas",
    "polsek",
    "polres",
  ],
};

/** What a TPS tells, in the order of its day, and what is asked for of each. */
export const KINDS = {
  logistics_received: ["ballots", "complete"],
  opened: ["ballots"],
  heartbeat: ["situation", "queue", "voters"],
  suspended: ["reason"],
  resumed: [],
  postponed: ["reason"],
  closed: ["voters", "all_voted"],
  counting_started: [],
  counting_finished: ["contest"],
  box_departed: ["box", "seal", "seal_intact", "escort", "eta_minutes"],
  escort_joined: ["box", "escort"],
  box_arrived: ["place", "box", "seal", "seal_intact"],
  checkin: ["officer", "situation"],
  duress: ["officer"],
};

/** How it came in. */
export const CHANNELS = ["phone", "radio"];

/** Fields by what is typed into them. */
export const NUMBERS = ["people", "tps_number", "ballots", "queue", "voters", "eta_minutes"];
export const BOOLEANS = ["complete", "all_voted", "seal_intact"];
export const WORDS = {
  situation: ["aman", "waspada", "gangguan"],
  place: ["pps", "ppk", "kecamatan", "kpu", "kabupaten"],
};

/** Kinds that an officer tells of himself: the TPS may be missing, the officer may not. */
const BY_OFFICER = ["checkin", "duress"];

/** A form that nobody has typed into. `what` is `report`, `status` or `correction`. */
export const emptyForm = (what, nowMs, zone) => ({
  what,
  relays: what === "report" ? "warga" : "pam_tps",
  channel: "phone",
  time: isoIn(nowMs, zone).slice(11, 16),
  kind: "heartbeat",
});

/**
 * The same form as one of another kind: what was typed stays, also what only the other kind asks
 * for, as somebody may come back to it. Who is relayed stays where he may be.
 */
export const switched = (form, what, nowMs, zone) => {
  const relays = RELAYED[what === "report" ? "report" : "status"];
  const fresh = emptyForm(what, nowMs, zone);
  return { ...form, what, relays: relays.includes(form.relays) ? form.relays : fresh.relays };
};

/**
 * The moment that `14:05`, `14.05` or `1405` means: the last one before now, so that what is
 * written down after midnight stays in the evening it is about. Null: no time, or one to come.
 */
export const momentOf = (time, nowMs, zone) => {
  const [, hours, minutes] = CLOCK.exec(time.trim()) ?? [];
  if (minutes === undefined) return null;
  const clock = `${hours.padStart(2, "0")}:${minutes}:00`;
  const today = `${isoIn(nowMs, zone).slice(0, 10)}T${clock}${isoIn(nowMs, zone).slice(19)}`;
  const at = Date.parse(today) - (Date.parse(today) > nowMs + AHEAD ? DAY : 0);
  return nowMs - at > AGO_MAX ? null : isoIn(at, zone);
};

/** The moment that was typed, if it is not of today; else null. */
export const otherDay = (time, nowMs, zone) => {
  const at = momentOf(time, nowMs, zone);
  return at && at.slice(0, 10) !== isoIn(nowMs, zone).slice(0, 10) ? Date.parse(at) : null;
};

/** Fields that a form shows, in their order. */
export const fieldsOf = (form) => {
  if (form.what === "report") {
    const named = form.placeCode ? [] : ["kecamatan", "tps_number"];
    return [
      "relays",
      "channel",
      "caller",
      "time",
      "place_text",
      ...named,
      "category",
      "text",
      "people",
    ];
  }
  const about = form.what === "correction" ? ["corrects"] : [];
  return [...about, "kind", "relays", "channel", "time", "place_text", ...(KINDS[form.kind] ?? [])];
};

/** What is missing before anything can be sent: keys of texts by field. */
export const missingOf = (form, nowMs, zone) => {
  const found = {};
  const need = (field, isThere, key) => {
    if (!isThere) found[field] = key;
  };
  const time = form.time ?? "";
  const isClock = CLOCK.test(time.trim());
  need("time", momentOf(time, nowMs, zone), `desk.form.need.${isClock ? "past" : "time"}`);
  for (const field of fieldsOf(form).filter((one) => NUMBERS.includes(one))) {
    const text = (form[field] ?? "").trim();
    need(field, !text || NUMBER.test(text), "desk.form.need.number");
  }
  if (form.what === "report") {
    const isPlaced = typedPlace(form) || form.kecamatan?.trim();
    need("place_text", isPlaced, "desk.form.need.place");
    need("category", categoryOf(form) || !form.category?.trim(), "desk.form.need.category");
    need("text", form.text?.trim(), "desk.form.need.text");
  } else need("place_text", codeOf(form) || BY_OFFICER.includes(form.kind), "desk.form.need.tps");
  if (form.what === "correction")
    need("corrects", form.corrects?.trim(), "desk.form.need.corrects");
  if (BY_OFFICER.includes(form.kind) && form.what !== "report") {
    need("officer", form.officer?.trim(), "desk.form.need.officer");
  }
  return found;
};

/** The code of the TPS that was picked, or typed as it is. */
const codeOf = (form) =>
  [form.placeCode ?? "", typedPlace(form)].find((one) => TPS.test(one)) ?? "";

/** The category that was picked, or its code as it was typed. */
const categoryOf = (form) => {
  const typed = (form.category ?? "").trim().toUpperCase();
  return form.categoryCode || (CATEGORY.test(typed) ? typed : "");
};

const typedPlace = (form) => (form.place_text ?? "").trim();

const placeOf = (form) => {
  const code = form.placeCode || typedPlace(form);
  if (TPS.test(code)) return { tps: code };
  if (DESA.test(code)) return { desa: code };
  return { name: typedPlace(form), kecamatan: form.kecamatan, tps_number: form.tps_number };
};

const valueOf = (field, text) => {
  if (NUMBERS.includes(field)) return Number(text.trim().replaceAll(".", ""));
  if (BOOLEANS.includes(field)) return text === "yes";
  if (field === "escort")
    return text
      .split(/[,;]/)
      .map((one) => one.trim())
      .filter(Boolean);
  return text.trim();
};

const filled = (fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, text]) => text != null && String(text).trim() !== "")
      .map(([field, text]) => [field, typeof text === "string" ? valueOf(field, text) : text]),
  );

/**
 * What is sent, without the id: only what was filled in, and nothing of fields that are not shown.
 */
export const bodyOf = (form, nowMs, zone) => {
  const at = momentOf(form.time, nowMs, zone);
  if (form.what === "report") {
    const { relays, channel, caller, text, people } = form;
    const category = categoryOf(form);
    return filled({ at, relays, channel, caller, text, category, people, ...placeOf(form) });
  }
  const asked = Object.fromEntries((KINDS[form.kind] ?? []).map((field) => [field, form[field]]));
  const corrects = form.what === "correction" ? form.corrects : "";
  return filled({
    at,
    kind: form.kind,
    relays: form.relays,
    channel: form.channel,
    tps: codeOf(form),
    corrects,
    ...asked,
  });
};

/**
 * The same form sent again is the same report and keeps its id; once something is changed in it, it
 * is another one. `last` is `{id, body}` of what was tried last, or null.
 */
export const idFor = (body, last, newId) => {
  const text = JSON.stringify(body);
  return last && last.body === text ? last : { id: newId(), body: text };
};

/** Which field of the form a problem of the server belongs to. */
export const fieldOf = (name) => {
  const last = name
    .replace(/^\$\.?/, "")
    .split(".")
    .at(-1);
  if (["tps", "desa", "name"].includes(last)) return "place_text";
  if (last === "at") return "time";
  return last === "role" || last === "for" ? "relays" : last;
};
