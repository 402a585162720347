// Finding a place or a category by what somebody types: parts of names, numbers, codes. Pure.

/** Small letters without accents and signs: `Tanjung Sanai I` is `tanjung sanai i`. */
export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const wordsOf = (text) => plain(text).split(" ").filter(Boolean);

const isNumber = (word) => /^[0-9]+$/.test(word);

/** `3` is `003`, `suk` begins `suka`; a number is never the beginning of another. */
const matches = (typed, word) =>
  isNumber(typed) && isNumber(word) ? Number(typed) === Number(word) : word.startsWith(typed);

/** An entry to be found: `{value, label, note, words}`; `more` are other words it is known by. */
export const entryOf = (value, label, note = "", more = []) => ({
  value,
  label,
  note,
  words: [...new Set([label, note, ...more].flatMap(wordsOf))],
});

const scoreOf = (entry, typed, text) => {
  if (entry.value.toLowerCase().startsWith(text)) return 0;
  if (!typed.every((one) => entry.words.some((word) => matches(one, word)))) return null;
  const own = wordsOf(entry.label);
  return 1 + typed.filter((one) => !own.some((word) => matches(one, word))).length;
};

/** Entries that hold every typed word, those first whose own name holds most of them. */
export const find = (entries, text, most = 8) => {
  const typed = wordsOf(text);
  if (!typed.length) return [];
  const code = text.trim().toLowerCase();
  return entries
    .map((entry, index) => ({ entry, index, score: scoreOf(entry, typed, code) }))
    .filter(({ score }) => score !== null)
    .toSorted((one, other) => one.score - other.score || one.index - other.index)
    .slice(0, most)
    .map(({ entry }) => entry);
};

/**
 * Every desa and TPS in sight as an entry; wider areas are no place of a report. `nameOf(code)`
 * gives the name of a code, `kinds` those that may be chosen: `desa`, `tps`.
 */
export const placesOf = (areas, tps, nameOf, kinds = ["desa", "tps"]) => {
  const known = [...areas.values()].filter((area) => kinds.includes(area.kind));
  const stations = kinds.includes("tps") ? [...tps.values()] : [];
  return [...stations, ...known].map((one) => {
    const code = one.code;
    const label = code.includes("-")
      ? `TPS ${code.slice(-3)} ${nameOf(code.slice(0, 13))}`
      : one.name;
    return entryOf(code, label, `${nameOf(code.slice(0, 8))} · ${code}`);
  });
};
