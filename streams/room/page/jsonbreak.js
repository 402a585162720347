// Where a text stops being JSON. Browsers say it each in their own words, or not at all, so the
// place is found here: a reader of RFC 8259 that keeps nothing and gives the offset at which it is
// lost. Beyond the RFC it takes the mark that stands for a telephone number nobody is shown.

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

const MARK = /\[…\d+\]/y;

const past = (pattern, text, from) => {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

const skipped = (text, from) => past(SPACE, text, from);

/** Reading stops by throwing where it is lost: the way back is the same from any depth. */
class Lost extends Error {
  constructor(at) {
    super(`lost at ${at}`);
    this.at = at;
  }
}

const scalar = (text, from) => {
  for (const pattern of [STRING, NUMBER, WORD]) {
    const end = past(pattern, text, from);
    if (end > from) return end;
  }
  throw new Lost(from);
};

const expected = (text, from, sign) => {
  const at = skipped(text, from);
  if (text[at] !== sign) throw new Lost(at);
  return at + 1;
};

const member = (text, from) => {
  const at = skipped(text, from);
  const end = past(STRING, text, at);
  if (end < 0) throw new Lost(at);
  return value(text, expected(text, end, ":"));
};

const items = (text, from, close, read) => {
  const first = skipped(text, from);
  if (text[first] === close) return first + 1;
  for (let at = first; ;) {
    const end = skipped(text, read(text, at));
    if (text[end] === close) return end + 1;
    at = expected(text, end, ",");
  }
};

const value = (text, from) => {
  const at = skipped(text, from);
  const marked = past(MARK, text, at);
  if (marked > at) return marked;
  if (text[at] === "{") return items(text, at + 1, "}", member);
  if (text[at] === "[") return items(text, at + 1, "]", value);
  return scalar(text, at);
};

/** The offset at which `text` is no JSON any more; null: it is one. */
export const breakOf = (text) => {
  try {
    const end = skipped(text, value(text, 0));
    return end === text.length ? null : end;
  } catch (lost) {
    if (lost instanceof Lost) return lost.at;
    throw lost;
  }
};
