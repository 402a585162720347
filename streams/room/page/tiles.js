// Where the tile of each area stands: equal squares that keep west and east, north and south. Pure.
//
// A map of areas has big empty ones and tiny full ones; here each gets the same room. Areas whose
// place is known are matched with the squares of a grid so that the sum of squared distances is the
// least (the assignment problem, by the Hungarian method). Such a matching has the order of the
// map: no two tiles would stand better if they were exchanged, so in each row they go from west to
// east and in each column from north to south. Where places are not known, the codes are the order.
//
// The arrangement depends on codes and places only, never on what happens: a tile that moves is a
// tile that nobody finds again.

const WIDE = 1.6; // The panel is that much wider than high.
const MATCHED_MAX = 120; // Beyond it, matching takes longer than a frame.
const NEAR = 1e-9;

/** How many columns `count` tiles want in a panel that is `wide` times as wide as high. */
export const columnsFor = (count, wide = WIDE) =>
  Math.max(1, Math.min(count, Math.ceil(Math.sqrt(count * wide))));

/**
 * Place areas `{code, lat, lon}`; `lat` null: not known.
 *
 * Gives `{columns, rows, at: Map code → {column, row}}`, all counted from 0.
 */
export const arrange = (areas, wide = WIDE) => {
  const sorted = [...areas].sort((one, other) => (one.code < other.code ? -1 : 1));
  const columns = columnsFor(sorted.length, wide);
  const rows = Math.ceil(sorted.length / columns);
  const isPlaced = sorted.length > 0 && sorted.every((area) => area.lat !== null);
  const match = isPlaced && sorted.length <= MATCHED_MAX ? matched : inTurn;
  return { columns, rows, at: match(sorted, columns, rows) };
};

const squareOf = (index, columns) => ({
  column: index % columns,
  row: Math.floor(index / columns),
});

const inTurn = (areas, columns) =>
  new Map(areas.map((area, index) => [area.code, squareOf(index, columns)]));

const matched = (areas, columns, rows) => {
  const x = spread(
    areas.map((area) => area.lon),
    columns,
  );
  const y = spread(
    areas.map((area) => -area.lat),
    rows,
  );
  const squares = Array.from({ length: columns * rows }, (_, index) => squareOf(index, columns));
  const costs = areas.map((_, index) =>
    squares.map(({ column, row }) => (x[index] - column) ** 2 + (y[index] - row) ** 2),
  );
  const chosen = cheapest(costs);
  return new Map(areas.map((area, index) => [area.code, squares[chosen[index]]]));
};

/**
 * Stretch values over `count` steps, half by distance and half by rank.
 *
 * By distance alone a dense town would lie on one heap, by rank alone the shape would be lost.
 */
export const spread = (values, count) => {
  const low = Math.min(...values);
  const length = Math.max(...values) - low;
  const order = [...new Set(values)].sort((one, other) => one - other);
  if (length < NEAR) return values.map(() => (count - 1) / 2);
  return values.map((value) => {
    const part = (value - low) / length;
    const rank = order.indexOf(value) / (order.length - 1);
    return ((part + rank) / 2) * (count - 1);
  });
};

/**
 * For each row of `costs` its column, all different, so that the sum is the least.
 *
 * The Hungarian method with potentials (Kuhn and Munkres, in the form of shortest augmenting
 * paths); there are at least as many columns as rows. Of equal ones the first column wins.
 */
export const cheapest = (costs) => {
  const width = costs[0]?.length ?? 0;
  const tables = {
    costs,
    rowValue: new Array(costs.length + 1).fill(0),
    columnValue: new Array(width + 1).fill(0),
    rowOf: new Array(width + 1).fill(0), // Row that has the column, from 1; 0: free.
    from: new Array(width + 1).fill(0),
  };
  for (let row = 1; row <= costs.length; row += 1) take(tables, augment(tables, row));
  const chosen = new Array(costs.length);
  for (let column = 1; column <= width; column += 1) {
    if (tables.rowOf[column]) chosen[tables.rowOf[column] - 1] = column - 1;
  }
  return chosen;
};

/** Find the cheapest way to give `row` a column; gives the free column at its end. */
const augment = ({ costs, rowValue, columnValue, rowOf, from }, row) => {
  const least = new Array(rowOf.length).fill(Infinity);
  const isSeen = new Array(rowOf.length).fill(false);
  rowOf[0] = row;
  let column = 0;
  while (rowOf[column] !== 0) {
    isSeen[column] = true;
    const own = rowOf[column];
    let step = Infinity;
    let next = 0;
    for (let each = 1; each < rowOf.length; each += 1) {
      if (isSeen[each]) continue;
      const cost = costs[own - 1][each - 1] - rowValue[own] - columnValue[each];
      if (cost < least[each]) [least[each], from[each]] = [cost, column];
      if (least[each] < step) [step, next] = [least[each], each];
    }
    for (let each = 0; each < rowOf.length; each += 1) {
      if (isSeen[each]) {
        rowValue[rowOf[each]] += step;
        columnValue[each] -= step;
      } else least[each] -= step;
    }
    column = next;
  }
  return column;
};

const take = ({ rowOf, from }, end) => {
  for (let column = end; column; column = from[column]) rowOf[column] = rowOf[from[column]];
};

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Whether a key moves between tiles. */
export const isStep = (key) => key in STEPS || key === "Home" || key === "End";

/**
 * The code of the tile that an arrow leads to from `code`: the nearest in that direction, straight
 * ahead before aside. `Home` and `End`: the first and the last. Itself, where there is none.
 */
export const beside = (at, code, key) => {
  const all = [...at].sort(
    ([, one], [, other]) => one.row - other.row || one.column - other.column,
  );
  if (key === "Home" || !at.has(code)) return all[0]?.[0];
  if (key === "End") return all.at(-1)[0];
  const [right, down] = STEPS[key];
  const here = at.get(code);
  let best = [Infinity, code];
  for (const [other, square] of all) {
    const ahead = (square.column - here.column) * right + (square.row - here.row) * down;
    const aside = Math.abs((square.column - here.column) * down + (square.row - here.row) * right);
    if (ahead > 0 && ahead + aside * 3 < best[0]) best = [ahead + aside * 3, other];
  }
  return best[1];
};
