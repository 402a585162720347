// Times as the page says them. Pure: no clock is read here, moments come in.
//
// A moment of a document is a text in the local time of its place (`2024-11-27T14:05:07+07:00`), so
// its hours are cut out of the text and its zone is read off its offset. Moments of the clocks are
// milliseconds since 1970, and are told in a zone that is named.

const MINUTE = 60_000;
const ZONES = { "+07:00": "WIB", "+08:00": "WITA", "+09:00": "WIT" };
const OFFSETS = { WIB: 7, WITA: 8, WIT: 9 };
const MIDDLE = [51, 52, 53, 63, 64, 65, 71, 72, 73, 74, 75, 76];
const EAST = [81, 82, 91, 92, 93, 94, 95, 96];

const two = (number) => String(number).padStart(2, "0");

const KNOWN_MAX = 50_000;
const known = new Map();

/**
 * Milliseconds since 1970 of a moment as text; null stays null. Sorting asks for each many times.
 */
export const msOf = (text) => {
  if (!text) return null;
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_MAX) known.clear();
  const ms = Date.parse(text);
  known.set(text, ms);
  return ms;
};

/** `14:05:07` of a moment as text: the hours of its own place. */
export const clockOf = (text) => text.slice(11, 19);

/** `14:05` of a moment as text. */
export const hourOf = (text) => text.slice(11, 16);

/** The zone's name by which people know the offset of a moment as text; else the offset. */
export const zoneOf = (text) => ZONES[text.slice(-6)] ?? text.slice(-6);

/** The zone of a code: of the province that it begins with (`WIB`, `WITA`, `WIT`). */
export const zoneOfCode = (code) => {
  const province = Number(code.slice(0, 2));
  if (EAST.includes(province)) return "WIT";
  return MIDDLE.includes(province) ? "WITA" : "WIB";
};

/** `14:05:07` of milliseconds, in a zone. */
export const clockIn = (ms, zone = "WIB") => isoIn(ms, zone).slice(11, 19);

/** The moment as text in a zone, to the second: what a document would say. */
export const isoIn = (ms, zone = "WIB") => {
  const hours = OFFSETS[zone] ?? 7;
  const local = new Date(ms + hours * 60 * MINUTE).toISOString().slice(0, 19);
  return `${local}+${two(hours)}:00`;
};

/** `2:15`, `1:02:15`: a length of time, without its sign. */
export const lengthOf = (ms) => {
  const all = Math.floor(Math.abs(ms) / 1000);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
};

/** What is left until `due`: `2:15`; what has passed since: `+2:15`. */
export const countdown = (due, now) => {
  // Rounded up, so that zero is shown when it is due and not a second before.
  const left = Math.ceil((due - now) / 1000) * 1000;
  return left < 0 ? `+${lengthOf(left)}` : lengthOf(left);
};

/** Whole minutes between two moments, never below 0. */
export const minutesSince = (then, now) => Math.max(0, Math.floor((now - then) / MINUTE));

/** `Rabu, 27 November 2024` of milliseconds, in a zone. */
export const dateIn = (ms, zone, language) => {
  const local = new Date(ms + (OFFSETS[zone] ?? 7) * 60 * MINUTE);
  const form = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", form).format(local);
};

/** `+0,2`: seconds with their sign and one decimal, as the language writes them. */
export const secondsOf = (ms, language) => {
  const sign = ms < 0 ? "−" : "+";
  const [whole, tenth] = (Math.abs(ms) / 1000).toFixed(1).split(".");
  return `${sign}${whole}${language === "en" ? "." : ","}${tenth}`;
};
