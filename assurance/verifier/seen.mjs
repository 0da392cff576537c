// What calls have named, refused ones too: about these the views are asked in the end.
const SIGNED = { grant: "checkGrant", commitment: "checkCommitment", advice: "checkAcknowledgement" };

export class Seen {
  constructor() {
    const kinds = ["accounts", "consents", "members", "roles", "names", "operations", "advice"];
    for (const kind of kinds) this[kind] = new Set();
    this.items = new Map(); // text -> {check, item}
  }

  add(sender, inputs, values) {
    this.accounts.add(sender);
    inputs.forEach((each, i) => this.walk(each, values[i]));
  }

  walk(input, value) {
    if (input.baseType === "array") for (const each of value) this.walk(input.arrayChildren, each);
    else if (input.baseType === "tuple") this.tuple(input.components, value);
    else if (input.name === "consent" || input.name === "consents") this.consents.add(value);
    else if (input.type === "address" && value !== undefined) this.accounts.add(value);
    else if (input.name === "member" || input.name === "recipient") this.members.add(value);
    else if (input.name === "role") this.roles.add(value);
    else if (input.name === "id" || input.name === "predecessor") this.operations.add(value);
    else if (input.name === "name") this.names.add(value);
  }

  tuple(components, value) {
    const names = components.map((each) => each.name);
    const check = this.checkOf(names);
    if (check) this.items.set(JSON.stringify([check, value], (_, v) => (typeof v === "bigint" ? `${v}` : v)), { check, item: value });
    if (names.includes("advice") && names.includes("commitment")) this.advice.add(value);
    components.forEach((each, i) => this.walk(each, value[i]));
  }

  checkOf(names) {
    if (names.length !== 2) return undefined;
    if (names[1] === "signature") return SIGNED[names[0]] ?? "checkWithdrawal";
    return names[1] === "commitment" ? "checkUse" : undefined;
  }
}
