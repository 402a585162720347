// The phone's card: which alert it shows. It never changes by itself, as a thumb may be on its way
// to it; what has come meanwhile is counted, and the next one follows by a touch. Pure.

/**
 * The alert that follows: the next one of the order in which `id` was shown, as far as it is still
 * in the list; after the last the first of those that are. Empty: there is no other.
 */
export const followingOf = (before, ids, id) => {
  const left = new Set(ids);
  left.delete(id);
  const later = before.slice(before.indexOf(id) + 1);
  return later.find((each) => left.has(each)) ?? [...left][0] ?? "";
};

/** Rows that have come since, and stand above the one that is shown. */
export const newAbove = (before, rows, id) => {
  const known = new Set(before);
  const place = rows.findIndex((row) => row.id === id);
  const above = place < 0 ? rows : rows.slice(0, place);
  return above.filter((row) => !known.has(row.id));
};
