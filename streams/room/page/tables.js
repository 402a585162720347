// Rows by their key, changed in place: to copy ten thousand of them with each delta is work for
// nothing, and rubbish that stops the page when it is taken away. Pure.

/** What a signal holds: new with each change, over one map, and read like it. */
class Table {
  #rows;

  constructor(rows) {
    this.#rows = rows;
  }

  get size() {
    return this.#rows.size;
  }

  get(key) {
    return this.#rows.get(key);
  }

  has(key) {
    return this.#rows.has(key);
  }

  keys() {
    return this.#rows.keys();
  }

  values() {
    return this.#rows.values();
  }

  [Symbol.iterator]() {
    return this.#rows[Symbol.iterator]();
  }

  /** The table after a change; this one is not to be read any more. */
  changed(keyOfRow, { put = [], gone = [] }) {
    for (const key of gone) this.#rows.delete(key);
    for (const row of put) this.#rows.set(keyOfRow(row), row);
    return new Table(this.#rows);
  }
}

/** A table of these rows. */
export const tableOf = (rows = [], keyOfRow = (row) => row.id) =>
  new Table(new Map(rows.map((row) => [keyOfRow(row), row])));
