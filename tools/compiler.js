#!/usr/bin/env node
// The Solidity compiler from npm as a running process: reads a standard JSON input a line, writes an output a line.
"use strict";

const fs = require("fs");
const path = require("path");
const readline = require("readline");

const root = path.resolve(__dirname, "..");
const solc = require(path.join(root, "node_modules", "solc"));

function readImport(name) {
  const file = path.join(root, name);
  return fs.existsSync(file) ? { contents: fs.readFileSync(file, "utf8") } : { error: `${name}: no such file` };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(solc.compile(line, { import: readImport }) + "\n");
});
