// The rules of interfaces/IConsortium.sol.
import { getAddress, keccak256, toBeHex, toUtf8Bytes, ZeroAddress } from "ethers";
import { accessControlId, erc165Id, ownId } from "./abi.mjs";
import { bytesIn, Contract, roleId, ZERO_WORD } from "./contract.mjs";

export const NONE = 0n;
const ACTIVE = 1n;
const SUSPENDED = 2n;
const REASONS = 5n;
export const ROLES = ["SPONSOR", "ADVISER", "AUDITOR", "OPERATOR", "COUNCIL"];
const ROLE_IDS = ROLES.map(roleId);
const NO_RECOVERY = { account: ZeroAddress, readyAt: 0n };
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

export class Consortium extends Contract {
  constructor(world) {
    super("Consortium", world);
  }

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

  get delay() {
    return this.world.settings.delays;
  }

  deployed(deployer) {
    this.setRole(ZERO_WORD, this.world.at.Governance, deployer, true);
    for (const each of this.world.settings.members) this.add(each, deployer);
  }

  // ------------------------------------------------------------------ governance

  admit({ sender }, admission) {
    this.onlyGovernance(sender);
    this.add(admission, sender);
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

  grantRole({ sender }, role, account) {
    this.onlyGovernance(sender);
    this.require(ROLE_IDS.includes(role), "RoleUnknown", role);
    this.require(this.isSeat(account), "NotASeat", account);
    this.setRole(role, account, sender, true);
  }

  revokeRole({ sender }, role, account) {
    this.onlyGovernance(sender);
    this.notAdministrator(role);
    this.setRole(role, account, sender, false);
  }

  renounceRole({ sender }, role, callerConfirmation) {
    this.require(callerConfirmation === sender, "AccessControlBadConfirmation");
    this.notAdministrator(role);
    this.setRole(role, sender, sender, false);
  }

  notAdministrator(role) {
    this.require(role !== ZERO_WORD, "RoleUnknown", role);
  }

  setRole(role, account, by, held) {
    const key = `${role} ${account}`;
    if (this.state.roles.has(key) === held) return;
    if (held) this.state.roles.add(key);
    else this.state.roles.delete(key);
    this.emit(held ? "RoleGranted" : "RoleRevoked", role, account, by);
  }

  onlyGovernance(sender) {
    this.require(this.isGovernance(sender), "AccessControlUnauthorizedAccount", sender, ZERO_WORD);
  }

  // ------------------------------------------------------------------ governance and council

  suspend({ sender, now }, member, reason) {
    const governs = this.isGovernance(sender);
    this.require(governs || this.isOfCouncil(sender), "NotOfTheCouncil", sender);
    const kept = this.known(member);
    this.require(reason !== 0n, "ReasonMissing", member);
    const confirms = governs && kept.standing === SUSPENDED && kept.lapsesAt !== 0n;
    this.require(kept.standing === ACTIVE || confirms, "MemberNotActive", member);
    const again = kept.lapsesAt === 0n ? 0n : kept.lapsesAt + this.delay.suspension;
    this.require(governs || now >= again, "SuspendedLately", member, again);
    kept.standing = SUSPENDED;
    kept.lapsesAt = governs ? 0n : now + this.delay.suspension;
    this.emit("MemberSuspended", member, reason, kept.lapsesAt, sender);
  }

  reinstate({ sender, now }, member) {
    const kept = this.known(member);
    this.require(kept.standing === SUSPENDED, "MemberNotSuspended", member);
    const lapsed = kept.lapsesAt !== 0n && now >= kept.lapsesAt;
    this.require(this.isGovernance(sender) || lapsed, "SuspensionNotLapsed", member, kept.lapsesAt);
    kept.standing = ACTIVE;
    this.emit("MemberReinstated", member, sender);
  }

  proposeRecovery({ sender, now }, member, account) {
    this.require(this.isOfCouncil(sender), "NotOfTheCouncil", sender);
    this.known(member);
    this.free(account);
    const readyAt = now + this.delay.recovery;
    this.state.recoveries.set(member, { account, readyAt });
    this.emit("RecoveryProposed", member, account, readyAt, sender);
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
    this.nameFor(member, name);
    this.state.names.set(name, member);
    this.state.members.get(member).name = name;
    this.emit("MemberRenamed", member, name, sender);
  }

  objectToRecovery({ sender }) {
    const member = this.own(sender);
    const { account } = this.recovery(member);
    this.require(account !== ZeroAddress, "RecoveryUnknown", member, ZeroAddress);
    this.state.recoveries.delete(member);
    this.emit("RecoveryObjected", member, account, sender);
  }

  // ------------------------------------------------------------------ an account that is to act, and anyone

  acceptAccount({ sender }, member) {
    this.require(this.state.offers.has(`${member} ${sender}`), "AccountNotOffered", sender, member);
    this.free(sender);
    this.addAccount(member, sender, sender);
  }

  completeRecovery({ sender, now }, member) {
    const { account, readyAt } = this.recovery(member);
    this.require(account === sender, "RecoveryUnknown", member, sender);
    const until = readyAt + this.delay.recovery;
    this.require(now >= readyAt && now < until, "RecoveryNotReady", member, readyAt, until);
    this.free(sender);
    this.state.recoveries.delete(member);
    this.emit("RecoveryCompleted", member, sender);
    this.addAccount(member, sender, sender);
  }

  lapseRecovery({ sender, now }, member) {
    const { account, readyAt } = this.recovery(member);
    this.require(account !== ZeroAddress, "RecoveryUnknown", member, ZeroAddress);
    const from = readyAt + this.delay.recovery;
    this.require(now >= from, "RecoveryNotLapsed", member, from);
    this.state.recoveries.delete(member);
    this.emit("RecoveryLapsed", member, account, sender);
  }

  // ------------------------------------------------------------------ what these have in common

  isGovernance(account) {
    return account === this.world.at.Governance;
  }

  isOfCouncil(account) {
    return this.isActiveAs(null, this.number(account), roleId("COUNCIL"));
  }

  number(account) {
    return this.state.accounts.get(account) ?? 0n;
  }

  recovery(member) {
    return this.state.recoveries.get(member) ?? NO_RECOVERY;
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

  isSeat(account) {
    return this.state.members.has(BigInt(account));
  }

  /** Arguments that fit their ABI type but not the enum in the text are refused as Solidity does, without a reason. */
  fits(called, values) {
    return called.name !== "suspend" || values[1] < REASONS;
  }

  // ------------------------------------------------------------------ views

  interfaces() {
    return [erc165Id, accessControlId, ownId("Consortium")];
  }

  SPONSOR = () => roleId("SPONSOR");
  ADVISER = () => roleId("ADVISER");
  AUDITOR = () => roleId("AUDITOR");
  OPERATOR = () => roleId("OPERATOR");
  COUNCIL = () => roleId("COUNCIL");
  DEFAULT_ADMIN_ROLE = () => ZERO_WORD;
  getRoleAdmin = () => ZERO_WORD;
  governance = () => this.world.at.Governance;
  delays = () => this.delay;
  hasRole = (_, role, account) => this.state.roles.has(`${role} ${account}`);
  seatOf = (_, member) => this.seat(member);
  memberOf = (_, account) => this.number(account);
  memberNamed = (_, name) => this.state.names.get(name) ?? 0n;
  isOffered = (_, member, account) => this.state.offers.has(`${member} ${account}`);
  recoveryOf = (_, member) => this.recovery(member);
  isActive = (_, member) => this.state.members.get(member)?.standing === ACTIVE;
  isActiveAs = (_, member, role) => this.isActive(_, member) && this.hasRole(_, role, this.seat(member));
  getMember = (_, member) =>
    this.state.members.get(member) ?? { standing: NONE, lapsesAt: 0n, encryptionKeyDigest: ZERO_WORD, name: "0x" };
}

/** The founding members of a deployment file, as admissions. */
export function admissions(members) {
  return members.map((each) => ({
    member: BigInt(each.number),
    name: "0x" + Buffer.from(toUtf8Bytes(each.name)).toString("hex"),
    roles: each.roles.map(roleId),
    account: getAddress(each.account),
    encryptionKey: each.encryption_key,
  }));
}
