// The rules of interfaces/IConsortium.sol about a member's number, names, accounts, keys and roles.
import { getAddress, keccak256, toBeHex, ZeroAddress } from "ethers";
import { bytesIn, Contract, roleId, ZERO_WORD } from "./contract.mjs";

const NONE = 0n;
export const ACTIVE = 1n;
export const ROLES = ["SPONSOR", "ADVISER", "AUDITOR", "OPERATOR", "COUNCIL"];
export const ROLE_IDS = ROLES.map(roleId);
const SHORTEST_NAME = 1n;
const LONGEST_NAME = 64n;
const SHORTEST_KEY = 32n;
const LONGEST_KEY = 4096n;

const isUtf8 = (hex) => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(hex.slice(2), "hex"));
    return true;
  } catch {
    return false;
  }
};

export class Members extends Contract {
  static start() {
    return {
      members: new Map(), // number -> {standing, lapsesAt, encryptionKeyDigest, name}
      accounts: new Map(), // account -> number
      offers: new Set(), // "number account"
      names: new Map(), // name in hex -> number
      recoveries: new Map(), // number -> {account, readyAt}
      roles: new Set(), // "role seat"
    };
  }

  // ------------------------------------------------------------------ a member, for itself

  offerAccount({ sender }, account) {
    const member = this.own(sender);
    this.free(account);
    this.state.offers.add(`${member} ${account}`);
    this.emit("AccountOffered", member, account, sender);
  }

  removeAccount({ sender }, account) {
    const member = this.own(sender);
    this.require(account !== sender, "AccountIsOwn", account);
    const acts = this.number(account) === member;
    const offered = this.state.offers.delete(`${member} ${account}`);
    this.require(acts || offered, "AccountNotOfMember", account, member);
    if (acts) this.state.accounts.delete(account);
    this.emit("AccountRemoved", member, account, sender);
  }

  changeEncryptionKey({ sender }, encryptionKey) {
    const member = this.own(sender);
    this.keyLength(encryptionKey);
    this.setKey(member, encryptionKey, sender);
  }

  rename({ sender }, name) {
    const member = this.own(sender);
    this.require(this.isActive(null, member), "MemberNotActive", member);
    this.nameFor(member, name);
    this.state.names.set(name, member);
    this.state.members.get(member).name = name;
    this.emit("MemberRenamed", member, name, sender);
  }

  acceptAccount({ sender }, member) {
    this.require(this.state.offers.has(`${member} ${sender}`), "AccountNotOffered", sender, member);
    this.free(sender);
    this.addAccount(member, sender, sender);
  }

  // ------------------------------------------------------------------ what these have in common

  number(account) {
    return this.state.accounts.get(account) ?? 0n;
  }

  known(member) {
    this.require(this.state.members.has(member), "MemberUnknown", member);
    return this.state.members.get(member);
  }

  own(sender) {
    this.require(this.number(sender) !== 0n, "NotAMember", sender);
    return this.number(sender);
  }

  free(account) {
    const taken = account === ZeroAddress || this.number(account) !== 0n;
    this.require(!taken, "AccountTaken", account, this.number(account));
  }

  nameFor(member, name) {
    const length = bytesIn(name);
    const fits = length >= SHORTEST_NAME && length <= LONGEST_NAME;
    this.require(fits, "NameLengthOutOfRange", length, SHORTEST_NAME, LONGEST_NAME);
    this.require(isUtf8(name), "NameNotUtf8", name);
    const owner = this.state.names.get(name) ?? member;
    this.require(owner === member, "NameTaken", owner);
  }

  keyLength(key) {
    const length = bytesIn(key);
    const fits = length >= SHORTEST_KEY && length <= LONGEST_KEY;
    this.require(fits, "EncryptionKeyLengthOutOfRange", length, SHORTEST_KEY, LONGEST_KEY);
  }

  setKey(member, key, by) {
    const digest = keccak256(key);
    this.state.members.get(member).encryptionKeyDigest = digest;
    this.emit("EncryptionKeyChanged", member, digest, key, by);
  }

  addAccount(member, account, by) {
    this.state.accounts.set(account, member);
    this.state.offers.delete(`${member} ${account}`);
    this.emit("AccountAdded", member, account, by);
  }

  seat(member) {
    return getAddress(toBeHex(member, 20));
  }

  add({ member, name, roles, account, encryptionKey }, by) {
    this.require(member !== 0n && !this.state.members.has(member), "MemberNumberTaken", member);
    this.nameFor(member, name);
    this.require(roles.length <= ROLES.length, "TooManyRoles", roles.length, ROLES.length);
    for (const role of roles) this.require(ROLE_IDS.includes(role), "RoleUnknown", role);
    this.free(account);
    this.keyLength(encryptionKey);
    this.state.members.set(member, { standing: ACTIVE, lapsesAt: 0n, encryptionKeyDigest: ZERO_WORD, name });
    this.state.names.set(name, member);
    this.emit("MemberAdmitted", member, name, by);
    for (const role of roles) this.setRole(role, this.seat(member), by, true);
    this.addAccount(member, account, by);
    this.setKey(member, encryptionKey, by);
  }

  setRole(role, account, by, held) {
    const key = `${role} ${account}`;
    if (this.state.roles.has(key) === held) return;
    if (held) this.state.roles.add(key);
    else this.state.roles.delete(key);
    this.emit(held ? "RoleGranted" : "RoleRevoked", role, account, by);
  }

  // ------------------------------------------------------------------ views

  SPONSOR = () => roleId("SPONSOR");
  ADVISER = () => roleId("ADVISER");
  AUDITOR = () => roleId("AUDITOR");
  OPERATOR = () => roleId("OPERATOR");
  COUNCIL = () => roleId("COUNCIL");
  DEFAULT_ADMIN_ROLE = () => ZERO_WORD;
  getRoleAdmin = () => ZERO_WORD;
  hasRole = (_, role, account) => this.state.roles.has(`${role} ${account}`);
  seatOf = (_, member) => this.seat(member);
  memberOf = (_, account) => this.number(account);
  memberNamed = (_, name) => this.state.names.get(name) ?? 0n;
  isOffered = (_, member, account) => this.state.offers.has(`${member} ${account}`);
  isActive = (_, member) => this.state.members.get(member)?.standing === ACTIVE;
  isActiveAs = (_, member, role) => this.isActive(_, member) && this.hasRole(_, role, this.seat(member));
  getMember = (_, member) =>
    this.state.members.get(member) ?? { standing: NONE, lapsesAt: 0n, encryptionKeyDigest: ZERO_WORD, name: "0x" };
}
