// Prints Istanbul's table for a coverage file, and writes its pages and lcov.info: node assurance/coverage/pages.mjs FILE FOLDER
import { readFileSync } from "node:fs";
import coverage from "istanbul-lib-coverage";
import report from "istanbul-lib-report";
import reports from "istanbul-reports";

const [file, dir] = process.argv.slice(2);
const all = [99, 100];
const context = report.createContext({
  dir,
  coverageMap: coverage.createCoverageMap(JSON.parse(readFileSync(file, "utf8"))),
  watermarks: { statements: all, branches: all, functions: all, lines: all },
});
for (const kind of ["html", "lcovonly", "text"]) reports.create(kind, { maxCols: 100 }).execute(context);
