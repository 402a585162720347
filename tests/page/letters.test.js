// Dead letters: what is read in them, where they break, what is sent again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { breakOf } from "../../streams/room/page/jsonbreak.js";
import {
  canMend,
  checked,
  fieldOf,
  inOrder,
  lineOfField,
  plainOf,
  readable,
  sendingOf,
} from "../../streams/room/page/mending.js";

test("a letter is shown readable, and broken JSON says where", () => {
  assert.deepEqual(readable('{"a":1}'), { text: '{\n  "a": 1\n}', isJson: true });
  assert.deepEqual(readable("{oops"), { text: "{oops", isJson: false });
  assert.equal(checked('{"a": 1}').isGood, true);
  const broken = checked('{\n  "a": 1,\n  "b": }\n');
  assert.deepEqual([broken.isGood, broken.line, broken.sign], [false, 3, "}"]);
});

test("an untouched letter goes as it came, a mended one as it is now", () => {
  const letter = { value: '{"a":1}' };
  assert.deepEqual(sendingOf(readable(letter.value).text, letter).body, {});
  const mended = sendingOf('{"a": 2}', letter);
  assert.deepEqual(mended.body, { value: '{"a": 2}' });
  assert.deepEqual([mended.isGood, mended.isOwn], [true, false]);
  assert.deepEqual(sendingOf("{oops", { value: "{oops" }).body, {});
  assert.equal(sendingOf("{oops!", { value: "{oops" }).isGood, false);
});

test("no sign of a value is changed by being shown or by mending another", () => {
  const value = '{"n":9007199254740993,"x":[1.50,{}],"e":[],"s":"\\u00e9 {,}\\\\","d":1,"d":2}';
  const { text } = readable(value);
  assert.equal(
    text,
    [
      "{",
      '  "n": 9007199254740993,',
      '  "x": [',
      "    1.50,",
      "    {}",
      "  ],",
      '  "e": [],',
      '  "s": "\\u00e9 {,}\\\\",',
      '  "d": 1,',
      '  "d": 2',
      "}",
    ].join("\n"),
  );
  assert.equal(sendingOf(`${text} `, { value }).body.value, `${text} `);
  for (const one of ['{"a":[[],{"b":{"c":[1,"2",null]}}]}', "7", '"\\""', "[{},[]]"]) {
    assert.equal(readable(one).text, JSON.stringify(JSON.parse(one), null, 2));
  }
});

test("the mark of a number that is not shown is no fault", () => {
  const text = '{\n  "caller": […1],\n  "from": "[…2]"\n}';
  assert.equal(readable('{"caller":[…1],"from":"[…2]"}').text, text);
  assert.equal(checked(text).isGood, true);
  assert.equal(checked('{"caller": [… ]}').isGood, false);
});

test("a command is not mended, nor what is only the beginning of a letter", () => {
  const letter = { topic: "tps.status", is_cut: false };
  assert.equal(canMend(letter), true);
  assert.equal(canMend({ ...letter, is_cut: true }), false);
  for (const topic of ["operator.commands", "siaga.receipts", "siaga.restricted.receipts"])
    assert.equal(canMend({ ...letter, topic }), false, topic);
});

test("what we take for JSON is what the language takes for JSON", () => {
  const good = [
    "0",
    "-1.5e3",
    '"a\\u00e9\\n"',
    "[]",
    "[1, [2, {}]]",
    '{"a": {"b": [true, null]}}',
    " null\n",
  ];
  const bad = [
    "",
    "{",
    "[1,]",
    '{"a"}',
    '{"a":1,}',
    "01",
    "'a'",
    "NaN",
    "1 2",
    '"\\x"',
    '"a\nb"',
    "[1 2]",
    "{1:2}",
    "tru",
  ];
  for (const text of good) assert.equal(breakOf(text), null, text);
  for (const text of bad) assert.notEqual(breakOf(text), null, text);
  for (const text of [...good, ...bad]) {
    const isJson = (() => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    })();
    assert.equal(breakOf(text) === null, isJson, text);
  }
  assert.equal(breakOf("[1, 2"), 5);
});

test("the field that the schema complains of is found in the text", () => {
  const text = readable(
    '{"id":"1","source":{"id":"x","role":"pamtps"},"votes":[{"n":1},{"n":"two"}]}',
  ).text;
  const role = fieldOf("Invalid enum value 'pamtps' - at `$.source.role`");
  assert.deepEqual(role, ["source", "role"]);
  assert.equal(text.split("\n")[lineOfField(text, role) - 1].trim(), '"role": "pamtps"');
  const item = fieldOf("Expected `int`, got `str` - at `$.votes[1].n`");
  assert.deepEqual(item, ["votes", 1, "n"]);
  assert.equal(text.split("\n")[lineOfField(text, item) - 1].trim(), '"n": "two"');
  const missing = fieldOf("Object missing required field `kind` - at `$`");
  assert.deepEqual([missing, lineOfField(text, missing)], [["kind"], 0]);
  assert.deepEqual(fieldOf("Expected `str` matching regex '^[0-9]{3}$' - at `$.tps`"), ["tps"]);
  assert.deepEqual([fieldOf("no JSON at all"), lineOfField(text, [])], [[], 0]);
});

test("letters stand in the order in which they came", () => {
  const rows = [
    { number: "0:2", at: "2024-11-27T14:00:00+08:00" },
    { number: "0:1", at: "2024-11-27T13:30:00+07:00" },
  ];
  assert.deepEqual(
    inOrder(rows).map((row) => row.number),
    ["0:2", "0:1"],
  );
});

test("what the schema complains of is told in plain words, with its field", () => {
  const form = "Expected `str` matching regex '^[0-9]{2}$' - at `$.tps`";
  assert.deepEqual(plainOf(form), { kind: "form", field: "tps", found: "" });
  const kind = "Expected `int`, got `str` - at `$.voters`";
  assert.deepEqual(plainOf(kind), { kind: "kind", field: "voters", found: "int" });
  const word = "Invalid enum value 'pamtps' - at `$.source.role`";
  assert.deepEqual(plainOf(word), { kind: "word", field: "source.role", found: "pamtps" });
  const missing = "Object missing required field `id` - at `$.source`";
  assert.deepEqual(plainOf(missing), { kind: "missing", field: "source.id", found: "" });
  const category = { kind: "category", field: "", found: "KAM-99" };
  assert.deepEqual(plainOf("nobody knows the category 'KAM-99'"), category);
  const novote = "the desa of TPS 17.02.09.2999-001 does not vote in rejang-lebong-2024";
  assert.equal(plainOf(novote).found, "17.02.09.2999-001");
  assert.equal(plainOf("JSON is malformed: invalid character (byte 0)").kind, "broken");
  assert.equal(plainOf("Expected `object`, got `array`"), null);
  assert.equal(plainOf("a sentence of another version"), null);
});
