// Mending a dead letter: its text as JSON, and the field that its detail complains of. Pure.

import { breakOf } from "./jsonbreak.js";

const TOKEN = /\[…\d+\]|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON on lines of its own, indented by two; not a sign of its strings and numbers is changed, as
 * reading them would round the big ones.
 */
const indented = (json) => {
  let [text, depth, before] = ["", 0, ""];
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === "}" || token === "]") {
      depth -= 1;
      if (before !== "{" && before !== "[") text += line();
    } else if (before === "{" || before === "[" || before === ",") text += line();
    text += token === ":" ? ": " : token;
    if (token === "{" || token === "[") depth += 1;
    before = token;
  }
  return text;
};

/** The text of a value made readable: `{text, isJson}`; what is no JSON stays as it came. */
export const readable = (value) => {
  const isJson = breakOf(value) === null;
  return { text: isJson ? indented(value) : value, isJson };
};

/** Whether a text may be sent: `{isGood, line, sign}`; if not, where it breaks. */
export const checked = (text) => {
  const at = breakOf(text);
  if (at === null) return { isGood: true, line: 0, sign: "" };
  return { isGood: false, line: text.slice(0, at).split("\n").length, sign: text[at] ?? "" };
};

/** Commands are given anew by whoever may, and of a receipt only its sender knows what is right. */
const AS_IT_CAME = ["operator.commands", "siaga.receipts", "siaga.restricted.receipts"];

/** Whether a letter can be sent otherwise than it came. */
export const canMend = (letter) => !letter.is_cut && !AS_IT_CAME.includes(letter.topic);

/**
 * What is sent for a letter: `{body, isOwn, isGood, line, sign}`. One that nobody has touched goes
 * as it came, to the byte, with its signature: the house or the folder may have been mended
 * instead. Of a mended one the text itself is sent.
 */
export const sendingOf = (text, letter) => {
  const isOwn = text === readable(letter.value).text;
  const found = checked(text);
  if (isOwn) return { ...found, body: {}, isOwn };
  return { ...found, body: { value: text }, isOwn };
};

/** The path in a detail as names: `$.source.role` is `["source", "role"]`; none: empty. */
export const fieldOf = (detail) => {
  const missing = /(?:missing required field|unknown field) `([^`]+)`/.exec(detail);
  // In quotes: what was expected may be a pattern, which has a `$` of its own.
  const path = /`\$((?:\.[A-Za-z_]\w*|\[[^\]]*\])*)`/.exec(detail);
  const names = path ? [...path[1].matchAll(/\.([A-Za-z_]\w*)|\[(\d+)\]/g)] : [];
  const found = names.map((one) => one[1] ?? Number(one[2]));
  return missing ? [...found, missing[1]] : found;
};

const PLAIN = [
  ["missing", /missing required field/],
  ["form", /matching regex/],
  ["word", /Invalid enum value ['`]?([^'`]*)['`]?/],
  ["kind", /^Expected `(\w+)`, got/],
];

/** Details that are whole sentences of intake, and name no field. */
const SENTENCES = [
  ["category", /^nobody knows the category '(.*)'$/],
  ["officer", /^nobody knows the officer '(.*)'; name the TPS as well$/],
  ["code", /^nobody knows the (?:area|code) (.*)$/],
  ["novote", /^the desa of TPS (\S+) does not vote/],
  ["again", /^id (.*) came before with other content$/],
  ["broken", /^(?:JSON is malformed|Input data was truncated)/],
  ["day", /^more than a year from (\S+),/],
];

/**
 * A detail in plain words: `{kind, field, found}`; null where it is none that is known, or one of
 * the schema that names no field. Who mends a letter is no programmer.
 */
export const plainOf = (detail) => {
  const field = fieldOf(detail).join(".");
  const [kind, pattern] = (field ? PLAIN : SENTENCES).find(([, each]) => each.test(detail)) ?? [];
  return kind ? { kind, field, found: pattern.exec(detail)[1] ?? "" } : null;
};

/**
 * The line of a pretty-printed text on which a field stands, from 1; 0: it is not there, so it is
 * missing, and `lineOfField` of what should hold it tells where it belongs.
 */
export const lineOfField = (text, path) => {
  const lines = text.split("\n");
  let from = 0;
  for (const [depth, name] of path.entries()) {
    const indent = "  ".repeat(depth + 1);
    from =
      typeof name === "number" ? nth(lines, from, indent, name) : named(lines, from, indent, name);
    if (from < 0) return 0;
  }
  return path.length ? from + 1 : 0;
};

const named = (lines, from, indent, name) =>
  lines.findIndex((line, at) => at >= from && line.startsWith(`${indent}${JSON.stringify(name)}:`));

const nth = (lines, from, indent, place) => {
  const items = lines
    .map((line, at) => [line, at])
    .filter(
      ([line, at]) =>
        at > from && line.startsWith(indent) && /^[^\s}\]]/.test(line.slice(indent.length)),
    );
  return items[place]?.[1] ?? -1;
};

/** Letters, the oldest first: who waits longest is mended first. */
export const inOrder = (letters) =>
  letters.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
