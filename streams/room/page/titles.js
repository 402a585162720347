// A title without the place that it names, for lines where the place stands beside it. Pure.
//
// Rules write whole sentences, since a message by SMS is nothing else: “Tidak ada kabar dari TPS
// 003 Kepala Siring”. In a line of 38 signs the name would push out what has happened.

const LINKS = "(?: (?:di|dari|untuk|at|from|for|of|in|around))?";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** How rules call a place: `streams.rules.wording.area_text`; the longest first. */
export const callsOf = (code, nameOf) => {
  const name = nameOf(code);
  if (code.includes("-")) return [`${name} ${nameOf(code.slice(0, 13))}`];
  if (code.length > 8) return [`${name}, ${nameOf(code.slice(0, 8))}`, name];
  return [...["Kecamatan", "Kabupaten", "Kota"].map((kind) => `${kind} ${name}`), name];
};

/** What titles of several begin with, as whole words; of one it is the title. */
export const sharedTitle = (titles) => {
  const [first, ...others] = titles.map((title) => title.split(" "));
  const ends = others.map((words) => first.findIndex((word, at) => word !== words[at]));
  const shared = Math.min(first.length, ...ends.filter((end) => end >= 0));
  const text = first.slice(0, shared).join(" ").replace(/[:,·–-]+$/, "");
  return text || titles[0];
};

/** `title` without the first of `calls` that is in it; whole, where nothing else would be left. */
export const titleWithout = (title, calls) => {
  for (const call of calls) {
    const place = new RegExp(`(?:^|:|${LINKS}) ?${escaped(call)}(?![\\p{L}\\p{N}])`, "u");
    if (!title.includes(call)) continue;
    const rest = title.replace(place, "").replace(/\s+/g, " ").trim();
    return rest.length > 2 ? capital(rest) : title;
  }
  return title;
};
