// Whose picture is shown where several elections, or a drill, share a place. Pure.
//
// The server keys a row by its code alone in the first real election that has the place, and by
// `CODE@ELECTION` in every other one (docs/reference/picture.md). So places of two elections are
// never one row, and the picture shows one election at a time.

/** The key of a row of the picture. */
export const keyOf = (row) => row.key ?? row.code;

const isFirst = (row) => keyOf(row) === row.code;

/**
 * Elections that share a place with another one, and drills: `[{election, drill}]`, by name.
 * Those that are alone in all their places are in the first picture.
 */
export const othersIn = (rows) => {
  const found = new Map();
  for (const row of rows.values()) if (!isFirst(row)) found.set(row.election, Boolean(row.drill));
  return [...found]
    .map(([election, drill]) => ({ election, drill }))
    .sort((one, other) => (one.election < other.election ? -1 : 1));
};

/** The election to show: the chosen one while it is there; "": the first picture, if it has any. */
export const shownOf = (chosen, rows, others = othersIn(rows)) => {
  if (others.some(({ election }) => election === chosen)) return chosen;
  const hasFirst = others.length === 0 || [...rows.values()].some(isFirst);
  return hasFirst ? "" : others[0].election;
};

/** Rows of one election by their code; the same map where there is no other. */
export const pictureOf = (rows, election) => {
  const all = [...rows.values()];
  if (!election && all.every(isFirst)) return rows;
  const wanted = election ? (row) => row.election === election : isFirst;
  return new Map(all.filter(wanted).map((row) => [row.code, row]));
};

/** Whether an alert belongs to the picture of an election; "": to none of the others. */
export const belongsTo = (row, election, others) =>
  election ? row.election === election : others.every((other) => other.election !== row.election);
