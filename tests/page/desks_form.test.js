// Pure parts of the form, and of finding places.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  bodyOf,
  emptyForm,
  fieldOf,
  fieldsOf,
  idFor,
  KINDS,
  missingOf,
  momentOf,
  otherDay,
  switched,
} from "../../streams/room/page/phoned.js";
import { entryOf, find, placesOf, plain } from "../../streams/room/page/places.js";

const NOW = Date.parse("2024-11-27T14:05:07+07:00");
const at = (clock) => `2024-11-27T${clock}:00+07:00`;

test("a time is the last one before now, in the zone of the place", () => {
  assert.equal(momentOf("14:05", NOW, "WIB"), at("14:05"));
  assert.equal(momentOf("14:06", NOW, "WIB"), at("14:06"), "clocks differ by a minute or two");
  assert.equal(momentOf("23:50", NOW, "WIB"), "2024-11-26T23:50:00+07:00");
  assert.equal(momentOf("15:04", NOW, "WITA"), "2024-11-27T15:04:00+08:00");
  for (const typed of ["14.05", "1405", " 14:05 "])
    assert.equal(momentOf(typed, NOW, "WIB"), at("14:05"));
  assert.equal(momentOf("705", NOW, "WIB"), at("07:05"));
  for (const wrong of ["", "24:00", "7", "14:60", "14:05:07"])
    assert.equal(momentOf(wrong, NOW, "WIB"), null);
});

test("an hour that has not come yet is a slip, and another day than today is told", () => {
  const early = Date.parse("2024-11-28T01:05:00+07:00");
  assert.equal(momentOf("07:00", early, "WIB"), at("07:00"), "of the morning before");
  assert.equal(otherDay("07:00", early, "WIB"), Date.parse(at("07:00")));
  assert.equal(otherDay("00:50", early, "WIB"), null);
  for (const typed of ["15:30", "14:08", "18:00"])
    assert.equal(momentOf(typed, NOW, "WIB"), null, typed);
  const status = { ...emptyForm("status", NOW, "WIB"), placeCode: "17.02.07.2012-003" };
  const why = (time) => missingOf({ ...status, time }, NOW, "WIB").time;
  assert.deepEqual(
    ["15:30", "25:30", "13:30"].map(why),
    ["desk.form.need.past", "desk.form.need.time", undefined],
  );
});

test("what should be a number and is none is said, and never left out in silence", () => {
  const form = { ...emptyForm("report", NOW, "WIB"), text: "x", kecamatan: "Bermani Ulu" };
  const people = (typed) => missingOf({ ...form, people: typed }, NOW, "WIB").people;
  for (const typed of ["banyak", "kira-kira 120", "-3", "1.20", "1,5"])
    assert.equal(people(typed), "desk.form.need.number", typed);
  for (const typed of ["", " ", "120", " 120 ", "1.200"]) assert.equal(people(typed), undefined);
  assert.equal(bodyOf({ ...form, people: " 1.200 " }, NOW, "WIB").people, 1200);
  const hidden = { ...form, placeCode: "17.02.07.2012-003", tps_number: "dua" };
  assert.deepEqual(missingOf(hidden, NOW, "WIB"), {}, "what is not asked for is not sent");
});

test("only what was typed is sent, as the kind of value that it is", () => {
  const form = {
    ...emptyForm("report", NOW, "WIB"),
    text: " ribut ",
    people: "40",
    place_text: "TPS 003 Suka Rami",
    placeCode: "17.02.07.2012-003",
    kecamatan: "left over",
    caller: "0812 345",
  };
  assert.deepEqual(bodyOf(form, NOW, "WIB"), {
    at: at("14:05"),
    relays: "warga",
    channel: "phone",
    caller: "0812 345",
    text: "ribut",
    people: 40,
    tps: "17.02.07.2012-003",
  });
  const named = {
    ...emptyForm("report", NOW, "WIB"),
    text: "x",
    place_text: "Suka Rami",
    kecamatan: "Bermani Ulu",
    tps_number: "3",
  };
  assert.deepEqual(bodyOf(named, NOW, "WIB"), {
    at: at("14:05"),
    relays: "warga",
    channel: "phone",
    text: "x",
    name: "Suka Rami",
    kecamatan: "Bermani Ulu",
    tps_number: 3,
  });
  const desa = { ...named, place_text: "17.02.07.2012", kecamatan: "" };
  assert.equal(bodyOf(desa, NOW, "WIB").desa, "17.02.07.2012");
});

test("a status has the fields of its kind, and those of another kind are not sent", () => {
  const form = {
    ...emptyForm("status", NOW, "WIB"),
    kind: "box_departed",
    place_text: "17.02.07.2012-003",
    box: "K1",
    seal_intact: "no",
    escort: "P11, P12",
    queue: "7",
  };
  assert.deepEqual(bodyOf(form, NOW, "WIB"), {
    at: at("14:05"),
    kind: "box_departed",
    relays: "pam_tps",
    channel: "phone",
    tps: "17.02.07.2012-003",
    box: "K1",
    seal_intact: false,
    escort: ["P11", "P12"],
  });
  const fix = { ...form, what: "correction", kind: "heartbeat", corrects: "s-1" };
  assert.deepEqual(bodyOf(fix, NOW, "WIB"), {
    at: at("14:05"),
    kind: "heartbeat",
    relays: "pam_tps",
    channel: "phone",
    tps: "17.02.07.2012-003",
    corrects: "s-1",
    queue: 7,
  });
  assert.equal(fieldsOf(fix)[0], "corrects");
});

test("what is missing is said at its field before anything is sent", () => {
  assert.deepEqual(Object.keys(missingOf(emptyForm("report", NOW, "WIB"), NOW, "WIB")), [
    "place_text",
    "text",
  ]);
  assert.deepEqual(
    Object.keys(missingOf({ ...emptyForm("status", NOW, "WIB"), time: "" }, NOW, "WIB")),
    ["time", "place_text"],
  );
  assert.deepEqual(
    Object.keys(missingOf({ ...emptyForm("status", NOW, "WIB"), kind: "duress" }, NOW, "WIB")),
    ["officer"],
  );
  assert.deepEqual(
    Object.keys(
      missingOf(
        { ...emptyForm("correction", NOW, "WIB"), place_text: "17.02.07.2012-003" },
        NOW,
        "WIB",
      ),
    ),
    ["corrects"],
  );
});

test("a category that was typed and not picked is asked for, as it would not be sent", () => {
  const form = { ...emptyForm("report", NOW, "WIB"), text: "x", kecamatan: "Bermani Ulu" };
  assert.deepEqual(missingOf(form, NOW, "WIB"), {});
  const typed = { ...form, category: "tawuran" };
  assert.deepEqual(Object.keys(missingOf(typed, NOW, "WIB")), ["category"]);
  assert.equal(bodyOf({ ...typed, categoryCode: "KAM-01" }, NOW, "WIB").category, "KAM-01");
  const code = { ...form, category: " kam-01 " };
  assert.deepEqual(missingOf(code, NOW, "WIB"), {});
  assert.equal(bodyOf(code, NOW, "WIB").category, "KAM-01");
});

test("another kind of form keeps what was typed", () => {
  const typed = {
    ...emptyForm("report", NOW, "WIB"),
    caller: "0812 345",
    channel: "radio",
    text: "ribut",
    time: "13:40",
    place_text: "Tanjung Sanai I",
    placeCode: "17.02.07.2012",
  };
  const status = switched(typed, "status", NOW, "WIB");
  assert.deepEqual([status.what, status.relays], ["status", "pam_tps"], "warga tells no status");
  assert.deepEqual(Object.keys(missingOf(status, NOW, "WIB")), ["place_text"], "a desa is no TPS");
  const body = bodyOf({ ...status, placeCode: "17.02.07.2012-003" }, NOW, "WIB");
  assert.deepEqual(body, {
    at: at("13:40"),
    kind: "heartbeat",
    relays: "pam_tps",
    channel: "radio",
    tps: "17.02.07.2012-003",
  });
  const back = switched({ ...status, relays: "kpps" }, "report", NOW, "WIB");
  assert.deepEqual([back.text, back.caller, back.relays], ["ribut", "0812 345", "kpps"]);
  assert.equal(bodyOf(back, NOW, "WIB").desa, "17.02.07.2012");
});

test("kinds of a status are those of the contract", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../streams/wire/schemas/tps-status.schema.json", import.meta.url)),
  );
  const named =
    schema.properties.kind.enum ??
    Object.values(schema.$defs).find((one) => one.enum?.includes("heartbeat")).enum;
  assert.deepEqual(Object.keys(KINDS).toSorted(), named.toSorted());
  const asked = new Set(Object.values(KINDS).flat());
  for (const field of asked) assert.ok(field in schema.properties, field);
});

test("the same form sent again keeps its id, another one gets another", () => {
  const ids = { next: 0 };
  const newId = () => `id-${(ids.next += 1)}`;
  const first = idFor({ text: "a" }, null, newId);
  assert.equal(idFor({ text: "a" }, first, newId).id, first.id);
  assert.notEqual(idFor({ text: "b" }, first, newId).id, first.id);
});

test("problems of the server stand at the field that was typed into", () => {
  assert.deepEqual(["$.place.tps", "at", "$.source.for", "caller"].map(fieldOf), [
    "place_text",
    "time",
    "relays",
    "caller",
  ]);
});

const names = {
  "17.02.07": "Padang Ulak Tanding",
  "17.02.07.2012": "Tanjung Sanai I",
  "17.02.01": "Bermani Ulu",
  "17.02.01.2003": "Suka Rami",
};
const nameOf = (code) => names[code] ?? code;
const areas = new Map([
  ["17.02.07.2012", { kind: "desa", code: "17.02.07.2012", name: "Tanjung Sanai I" }],
  ["17.02.07", { kind: "kecamatan", code: "17.02.07", name: "Padang Ulak Tanding" }],
]);
const tps = new Map([
  ["17.02.07.2012-003", { code: "17.02.07.2012-003" }],
  ["17.02.07.2012-013", { code: "17.02.07.2012-013" }],
  ["17.02.01.2003-003", { code: "17.02.01.2003-003" }],
]);

test("places are found by parts of names, numbers and codes, without accents", () => {
  const pool = placesOf(areas, tps, nameOf);
  assert.equal(plain("Désa “Tanjung–Sanai” I"), "desa tanjung sanai i");
  assert.deepEqual(
    find(pool, "3 tanj").map((one) => one.value),
    ["17.02.07.2012-003"],
  );
  assert.deepEqual(
    find(pool, "suk ram").map((one) => one.value),
    ["17.02.01.2003-003"],
  );
  assert.deepEqual(
    find(pool, "17.02.07.2012-0").map((one) => one.value),
    ["17.02.07.2012-003", "17.02.07.2012-013"],
  );
  assert.equal(
    find(pool, "tanjung sanai").at(-1).value,
    "17.02.07.2012",
    "its TPS come before the desa, both are there",
  );
  assert.deepEqual(find(pool, ""), []);
  assert.ok(
    find(pool, "padang").every((one) => one.value !== "17.02.07"),
    "a kecamatan is no place of a report",
  );
  assert.deepEqual(placesOf(areas, tps, nameOf, ["tps"]).length, 3);
});

test("categories are found by the words of those who report", () => {
  const all = JSON.parse(
    readFileSync(new URL("../../streams/room/page/categories.json", import.meta.url)),
  );
  const entries = all.map((one) => entryOf(one.code, one.id, one.code, [one.en, ...one.words]));
  const first = (text) => find(entries, text)[0]?.value;
  assert.deepEqual(
    [first("tawuran"), first("surat suara habis"), first("KAM-04"), first("money pol")],
    ["KAM-01", "LOG-03", "KAM-04", "PID-01"],
  );
});
