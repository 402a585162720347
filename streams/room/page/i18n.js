// The words of the page: one catalogue of several files, equal keys in both languages.
//
// `t("queue.title")` and `t("head.oldest", { minutes: 3 })` read signals, so what uses them is
// rendered anew when the language changes. `say(text)` picks of a text of the server, `{id, en}`.

import { choose, chosen } from "./prefs.js";
import { signal } from "./ui.js";

const PARTS = ["core", "picture", "desks"];
const LANGUAGES = ["id", "en"];

const first = (...codes) => codes.find((code) => LANGUAGES.includes(code));
const asked = new URLSearchParams(globalThis.location?.search ?? "").get("lang");
/** What was spoken last on this machine: of the form of the login, before anybody is known. */
const remembered = globalThis.localStorage?.getItem("siaga.language");
const form = { spoken: "" };

export const language = signal(first(asked, remembered) ?? "id");
export const catalogue = signal({ id: {}, en: {} });

/** Put `values` into the `{names}` of a text. */
export const fill = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** The text of a key in the language of the page; the key itself where there is none. */
export const t = (key, values) => fill(catalogue.value[language.value][key] ?? key, values);

/** Whether there is a text of that key. */
export const has = (key) => key in catalogue.value[language.value];

/** A text of the server in the language of the page; plain texts pass, nothing is nothing. */
export const say = (text) => {
  if (!text) return "";
  return typeof text === "string" ? text : text[language.value] || text.id || text.en || "";
};

/** Switch the language, and remember it. */
export const speak = (code) => {
  language.value = code;
  form.spoken = choose("language", code) ? "" : code;
  globalThis.localStorage?.setItem("siaga.language", code);
};

/**
 * Speak to who has come as he has chosen: by the address, at the form just now, here before, or in
 * the users file (`own`). Of who goes nothing is remembered.
 */
export const greet = (own) => {
  if (form.spoken) choose("language", form.spoken);
  language.value = first(asked, chosen("language"), own) ?? language.value;
  form.spoken = "";
};

/** To make one takes longer than to write a hundred numbers with it. */
const writers = { id: new Intl.NumberFormat("id-ID"), en: new Intl.NumberFormat("en-GB") };

/** A number as the language writes it: `481 220`, `5,87`. */
export const number = (value) => writers[language.value].format(value);

/** Read all files of words. A file that is missing leaves its keys as they are. */
export const loadWords = async (base = new URL("./words", import.meta.url)) => {
  const files = LANGUAGES.flatMap((code) => PARTS.map((part) => [code, part]));
  const read = async ([code, part]) => {
    const response = await fetch(`${base}/${part}.${code}.json`);
    return [code, response.ok ? await response.json() : {}];
  };
  const found = { id: {}, en: {} };
  for (const [code, words] of await Promise.all(files.map(read))) Object.assign(found[code], words);
  catalogue.value = found;
};
