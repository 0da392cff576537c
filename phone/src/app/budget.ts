/** A month's budget in jars, in pence, and the entries of its commitment. */
import tables from "../../../vectors/tables.json" with { type: "json" };
import { refuse } from "../core/bytes.js";
import { isDay } from "../core/card.js";
import { LEAVES, type Entry } from "../core/commitment.js";
import { oneLine } from "../core/unicode.js";
import { whole } from "../core/json.js";

export interface Budget {
  start: string;
  end: string;
  /** Pence by code, in the catalogue's order. */
  lines: Map<string, number>;
  debts: { kind: string; creditor: string; owed: number; offer: number }[];
}
export const LINES: string[] = tables.lines;
const MOST = 10 ** 11;

export function budgetOf(start: string, end: string, lines: Iterable<readonly [string, number]>, debts: Budget["debts"] = []): Budget {
  const given = [...lines];
  const days = (Date.parse(end) - Date.parse(start)) / 86400000;
  if (!isDay(start) || !isDay(end) || days < 0 || days >= 62) return refuse("The period is not its first and its last day; write them as in the letter.");
  const sorted = given.sort(([a], [b]) => LINES.indexOf(a) - LINES.indexOf(b));
  const codes = new Set(sorted.map(([code]) => code));
  if (!given.length || codes.size !== given.length || !sorted.every(([code]) => LINES.includes(code)))
    return refuse("The budget has no line, or one twice, or one that the catalogue lacks; correct it.");
  return { start, end, lines: new Map(sorted), debts };
}

/** A debt as it is typed, unlike the plan's others. */
export function debtOf(isPriority: boolean, typed: string, owed: number, offer: number, others: Budget["debts"]): Budget["debts"][number] {
  const [kind, creditor] = [isPriority ? "priority" : "non-priority", oneLine(typed.trim(), "creditor's name", 80)];
  const plain = (name: string) => name.normalize("NFKC").toLowerCase();
  if (others.some((each) => each.kind === kind && plain(each.creditor) === plain(creditor)))
    return refuse("Two debts of one kind have the same creditor; add them up, or name them apart.");
  return { kind, creditor, owed, offer };
}

/** Read pounds as typed, such as "12", "1,234.56" or "£12.30", as pence. */
export function pence(typed: string): number {
  const match = /^£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?$/.exec(typed.trim().slice(0, 33));
  if (!match) return refuse("The amount is not in pounds; write it as 12, 1,234.56 or £12.30.");
  return whole(Number(match[1]!.replaceAll(",", "")) * 100 + Number((match[2] ?? "").padEnd(2, "0")), "An amount", 0, MOST);
}

export function total(budget: Budget, code: string): number {
  if (code === "outgoings") return tables.groups.filter((group) => group !== "income").reduce((sum, group) => sum + total(budget, group), 0);
  if (code === "debts") return budget.debts.reduce((sum, { offer }) => sum + offer, 0);
  return [...budget.lines].reduce((sum, [line, value]) => sum + (line === code || line.startsWith(`${code}.`) ? value : 0), 0);
}

/** The entries that a commitment has leaves for; where there are more than leaves, the Python wallet chooses. */
export function entriesOf(budget: Budget, covered: string[]): Entry[] {
  const sections = tables.sections.filter((section) => [...budget.lines.keys()].some((line) => line.startsWith(`${section}.`)));
  const day = (value: string) => Number(value.replaceAll("-", ""));
  const income = total(budget, "income");
  const found: Entry[] = [
    ["period.start", day(budget.start)],
    ["period.end", day(budget.end)],
    ...budget.lines,
    ...budget.debts.flatMap(({ kind, creditor, owed, offer }): Entry[] => [[`debts.${kind}.offer/${creditor}`, offer], [`debts.${kind}.owed/${creditor}`, owed]]),
    ...[...tables.groups, "outgoings"].map((code): Entry => [`total.${code}`, total(budget, code)]),
    ["balance", income - total(budget, "outgoings")],
    ...sections.map((code): Entry => [`total.${code}`, total(budget, code)]),
    ...covered.map((code): Entry => [`covers.${code}`, Number(income >= total(budget, code))]),
  ];
  return found.length > LEAVES ? refuse(`The budget has more than ${LEAVES} figures; join some lines, or commit with jamjar wallet.`) : found;
}
