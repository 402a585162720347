// Titles of rules in a line where the place stands beside them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { callsOf, sharedTitle, titleWithout } from "../../streams/room/page/titles.js";

const NAMES = {
  "17.02": "Rejang Lebong",
  "17.02.07": "Curup Tengah",
  "17.02.07.2012": "Kepala Siring",
};
const nameOf = (code) => (code.includes("-") ? `TPS ${code.slice(-3)}` : NAMES[code]);
const short = (title, code = "17.02.07.2012-003") => titleWithout(title, callsOf(code, nameOf));

const BRIEF = {
  "Tidak ada kabar dari TPS 003 Kepala Siring": "Tidak ada kabar",
  "TPS 003 Kepala Siring belum buka": "Belum buka",
  "Logistik TPS 003 Kepala Siring belum tiba": "Logistik belum tiba",
  "Bentrok massa: TPS 003 Kepala Siring": "Bentrok massa",
  "Kotak suara K1 TPS 003 Kepala Siring belum tiba": "Kotak suara K1 belum tiba",
  "Counting at TPS 003 Kepala Siring has not started": "Counting has not started",
  "Final results of TPS 003 Kepala Siring differ": "Final results differ",
};

for (const [title, brief] of Object.entries(BRIEF)) {
  test(`of “${title}” stays “${brief}”`, () => assert.equal(short(title), brief));
}

test("areas are called as rules call them", () => {
  assert.equal(short("Banyak TPS diam: Kecamatan Curup Tengah", "17.02.07"), "Banyak TPS diam");
  assert.equal(short("Situasi merah: Kabupaten Rejang Lebong", "17.02"), "Situasi merah");
  assert.equal(short("Lonjakan dari Kepala Siring, Curup Tengah", "17.02.07.2012"), "Lonjakan");
});

test("of several that are rolled up, only what all of them say is said", () => {
  const officers = ["Belum melapor: petugas P55B", "Belum melapor: petugas P52A"];
  assert.equal(sharedTitle(officers), "Belum melapor: petugas");
  assert.equal(sharedTitle(officers.slice(0, 1)), officers[0]);
  assert.equal(sharedTitle(["Sinyal mati", "Sinyal mati"]), "Sinyal mati");
  assert.equal(sharedTitle(["Belum melapor: A", "Belum melapor: B"]), "Belum melapor");
  assert.equal(sharedTitle(["Rusuh", "Banjir"]), "Rusuh");
  assert.equal(sharedTitle(["Rusuh", "Rusuh besar"]), "Rusuh");
});

test("another place, a longer name and a title that is the place alone are left whole", () => {
  for (const title of ["Rusuh di TPS 004 Kepala Siring", "TPS 003 Kepala Siring"]) {
    assert.equal(short(title), title);
  }
  const longer = "Rusuh di Kepala Siringan";
  assert.equal(short(longer, "17.02.07.2012"), longer);
});
