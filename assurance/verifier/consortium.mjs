// The rules of interfaces/IConsortium.sol about what the governance and the council do; the rest is in members.mjs.
import { getAddress, toUtf8Bytes, ZeroAddress } from "ethers";
import { accessControlId, erc165Id, ownId } from "./abi.mjs";
import { roleId, ZERO_WORD } from "./contract.mjs";
import { ACTIVE, Members, ROLE_IDS } from "./members.mjs";

const SUSPENDED = 2n;
const REASONS = 5n;
const NO_RECOVERY = { account: ZeroAddress, readyAt: 0n };

export class Consortium extends Members {
  constructor(world) {
    super("Consortium", world);
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

  // ------------------------------------------------------------------ what ends a recovery

  objectToRecovery({ sender }) {
    const member = this.own(sender);
    const { account } = this.recovery(member);
    this.require(account !== ZeroAddress, "RecoveryUnknown", member, ZeroAddress);
    this.state.recoveries.delete(member);
    this.emit("RecoveryObjected", member, account, sender);
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

  recovery(member) {
    return this.state.recoveries.get(member) ?? NO_RECOVERY;
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

  governance = () => this.world.at.Governance;
  delays = () => this.delay;
  recoveryOf = (_, member) => this.recovery(member);
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
