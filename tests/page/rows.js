// Rows for tests: `row({ severity: "high" })` is an alert that nobody has acknowledged.

const LEVELS = ["tps", "polsek", "polres_ops", "polres", "polda"];
export const NOW = Date.parse("2024-11-27T14:05:00+07:00");

/** A moment `minutes` from `NOW`, as text. */
export const at = (minutes) =>
  new Date(NOW + minutes * 60_000 + 25_200_000).toISOString().slice(0, 19) + "+07:00";

const count = { made: 0 };

export const row = (given = {}) => {
  count.made += 1;
  return {
    id: `1702-${String(count.made).padStart(4, "0")}`,
    rule: "W01",
    place: "17.02.07.2012",
    scope: { code: "17.02.07.2012" },
    severity: "medium",
    state: "unacknowledged",
    ladder: "OPS",
    levels: LEVELS.map((code) => ({ code, name: { id: code, en: code } })),
    level: "tps",
    due_at: at(10),
    title: { id: "Kerumunan", en: "Crowd" },
    why: { id: "skor 3", en: "score 3" },
    opened_at: at(-5),
    acknowledged_by: null,
    act_by_at: null,
    shelved_until: null,
    ...given,
  };
};

/** A TPS of the picture that is counting. */
export const tps = (more = {}) => ({
  code: "17.02.07.2012-003",
  stage: "counting",
  tps_class: "kurang_rawan",
  suspended: false,
  silent: false,
  raised: false,
  box: null,
  ...more,
});

/** An area of the picture. */
export const area = (code, more = {}) => ({
  kind: { 5: "kabupaten", 8: "kecamatan", 13: "desa" }[code.length],
  code,
  name: code,
  colour: "hijau",
  tps: 10,
  stages: { voting: 4, counting: 6 },
  silent: 1,
  ...more,
});

/** Rows of the picture by code. */
export const mapOf = (rows) => new Map(rows.map((row) => [row.code, row]));
