// Whether every module of the page parses and every name that one imports another exports.
//
//     node --experimental-vm-modules linked.mjs FOLDER
//
// Nothing is run: modules are read and linked, as a browser does before it runs them.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { SourceTextModule, createContext } from "node:vm";

const folder = process.argv[2];
const context = createContext({});
const known = new Map();

const moduleAt = (path) => {
  if (!known.has(path)) {
    const text = readFileSync(path, "utf8");
    known.set(path, new SourceTextModule(text, { identifier: path, context }));
  }
  return known.get(path);
};

const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
const broken = [];
for (const name of names) {
  try {
    const found = moduleAt(join(folder, name));
    if (found.status === "unlinked") {
      await found.link((asked, from) => moduleAt(join(dirname(from.identifier), asked)));
    }
  } catch (error) {
    broken.push(`${name}: ${error.message}`);
  }
}
process.stdout.write(`${names.length} modules\n${broken.map((line) => `${line}\n`).join("")}`);
process.exitCode = broken.length ? 1 : 0;
