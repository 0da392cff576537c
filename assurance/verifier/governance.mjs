// The rules of OpenZeppelin's TimelockController with what interfaces/IGovernance.sol says of it.
import { AbiCoder, keccak256, ZeroAddress } from "ethers";
import { accessControlId, erc165Id, ownId } from "./abi.mjs";
import { Contract, Refused, refuseEmpty, roleId, ZERO_WORD } from "./contract.mjs";

const SHORTEST_DELAY = 7n * 24n * 60n * 60n;
const DONE = 1n;
const OVERFLOW = 0x11n; // Solidity's code of a sum that is too large
const [UNSET, WAITING, READY, FINISHED] = [0n, 1n, 2n, 3n];
const PROPOSER = roleId("PROPOSER_ROLE");
const EXECUTOR = roleId("EXECUTOR_ROLE");
const CANCELLER = roleId("CANCELLER_ROLE");
// What ERC-721 and ERC-1155 want of a contract that takes their tokens, as every TimelockController does.
const TAKES = { one721: "0x150b7a02", one1155: "0xf23a6e61", many1155: "0xbc197c81" };
const ONE = ["address", "uint256", "bytes", "bytes32", "bytes32"];
const MANY = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"];

const bitmap = (...states) => "0x" + states.reduce((sum, each) => sum | (1n << each), 0n).toString(16).padStart(64, "0");
const hash = (types, values) => keccak256(AbiCoder.defaultAbiCoder().encode(types, values));

export class Governance extends Contract {
  constructor(world) {
    super("Governance", world);
  }

  static start() {
    return { times: new Map(), roles: new Set() };
  }

  deployed(deployer) {
    this.setRole(ZERO_WORD, this.address, deployer, true);
    this.emit("MinDelayChange", 0n, this.delay);
    this.setRole(EXECUTOR, ZeroAddress, deployer, true);
    for (const founder of this.world.settings.founders) this.setRole(PROPOSER, founder, deployer, true);
  }

  // ------------------------------------------------------------------ proposing, vetoing, executing

  schedule({ sender, now }, target, value, data, predecessor, salt, delay) {
    this.onlyRole(PROPOSER, sender);
    const id = hash(ONE, [target, value, data, predecessor, salt]);
    this.put(id, now, delay);
    this.emit("CallScheduled", id, 0n, target, value, data, predecessor, delay);
    if (salt !== ZERO_WORD) this.emit("CallSalt", id, salt);
  }

  scheduleBatch({ sender, now }, targets, values, payloads, predecessor, salt, delay) {
    this.require(targets.length !== 0, "ProposalEmpty");
    this.onlyRole(PROPOSER, sender);
    this.sameLength(targets, values, payloads);
    const id = hash(MANY, [targets, values, payloads, predecessor, salt].map((each) => each.toArray?.() ?? each));
    this.put(id, now, delay);
    targets.forEach((target, i) => {
      this.emit("CallScheduled", id, i, target, values[i], payloads[i], predecessor, delay);
    });
    if (salt !== ZERO_WORD) this.emit("CallSalt", id, salt);
  }

  put(id, now, delay) {
    this.require(this.time(id) === 0n, "TimelockUnexpectedOperationState", id, bitmap(UNSET));
    this.require(delay >= this.delay, "TimelockInsufficientDelay", delay, this.delay);
    this.require(now + delay < 2n ** 256n, "Panic", OVERFLOW);
    this.state.times.set(id, now + delay);
  }

  cancel({ sender, now }, id) {
    this.onlyRole(CANCELLER, sender);
    const pending = [WAITING, READY].includes(this.operationState(id, now));
    this.require(pending, "TimelockUnexpectedOperationState", id, bitmap(WAITING, READY));
    this.state.times.delete(id);
    this.emit("Cancelled", id);
  }

  execute(context, target, value, data, predecessor, salt) {
    this.withoutEther(context);
    this.run(context, hash(ONE, [target, value, data, predecessor, salt]), [[target, value, data]], predecessor);
  }

  executeBatch(context, targets, values, payloads, predecessor, salt) {
    this.withoutEther(context);
    this.sameLength(targets, values, payloads);
    const id = hash(MANY, [targets, values, payloads, predecessor, salt].map((each) => each.toArray?.() ?? each));
    this.run(context, id, targets.map((target, i) => [target, values[i], payloads[i]]), predecessor);
  }

  run({ now }, id, calls, predecessor) {
    this.ready(id, now);
    const after = predecessor === ZERO_WORD || this.time(predecessor) === DONE;
    this.require(after, "TimelockUnexecutedPredecessor", predecessor);
    calls.forEach(([target, value, data], i) => {
      this.forward(target, value, data, now);
      this.emit("CallExecuted", id, i, target, value, data);
    });
    this.ready(id, now);
    this.state.times.set(id, DONE);
  }

  /** A call that fails without a reason is FailedCall, as OpenZeppelin's Address says; another's reason is passed on. */
  forward(target, value, data, now) {
    try {
      if (value !== 0n) refuseEmpty(); // it has no ether to send
      this.world.call({ sender: this.address, to: target, value, data, now });
    } catch (error) {
      if (error instanceof Refused && error.data === "0x") this.refuse("FailedCall");
      throw error;
    }
  }

  ready(id, now) {
    const ready = this.operationState(id, now) === READY;
    this.require(ready, "TimelockUnexpectedOperationState", id, bitmap(READY));
  }

  sameLength(targets, values, payloads) {
    const same = targets.length === values.length && targets.length === payloads.length;
    this.require(same, "TimelockInvalidOperationLength", targets.length, payloads.length, values.length);
  }

  updateDelay() {
    this.refuse("DelayFixed");
  }

  /** A call without data, with ether or without. */
  receive() {
    this.refuse("EtherRefused");
  }

  withoutEther({ value }) {
    this.require(value === 0n, "EtherRefused");
  }

  get delay() {
    return this.world.settings.governanceDelay;
  }

  // ------------------------------------------------------------------ roles

  grantRole({ sender }, role, account) {
    this.onlyRole(ZERO_WORD, sender);
    const founder = role === PROPOSER && account !== ZeroAddress;
    this.require(founder || this.isOfTheDeployment(role, account), "RoleFixed", role, account);
    this.setRole(role, account, sender, true);
  }

  revokeRole({ sender }, role, account) {
    this.onlyRole(ZERO_WORD, sender);
    this.require(role === PROPOSER, "RoleFixed", role, account);
    this.setRole(role, account, sender, false);
  }

  renounceRole({ sender }, role, callerConfirmation) {
    this.require(callerConfirmation === sender, "AccessControlBadConfirmation");
    this.require(role === PROPOSER, "RoleFixed", role, sender);
    this.setRole(role, sender, sender, false);
  }

  /** What is the governance's own, or everyone's, from the constructor on. */
  isOfTheDeployment(role, account) {
    return role === ZERO_WORD ? account === this.address : role === EXECUTOR && account === ZeroAddress;
  }

  setRole(role, account, by, held) {
    const key = `${role} ${account}`;
    if (this.hasRole(null, role, account) === held) return;
    if (held) this.state.roles.add(key);
    else this.state.roles.delete(key);
    this.emit(held ? "RoleGranted" : "RoleRevoked", role, account, by);
  }

  onlyRole(role, account) {
    this.require(this.hasRole(null, role, account), "AccessControlUnauthorizedAccount", account, role);
  }

  // ------------------------------------------------------------------ views

  time(id) {
    return this.state.times.get(id) ?? 0n;
  }

  operationState(id, now) {
    const time = this.time(id);
    if (time === 0n) return UNSET;
    if (time === DONE) return FINISHED;
    return time > now ? WAITING : READY;
  }

  interfaces() {
    return [erc165Id, accessControlId, "0x4e2312e0", ownId("Governance")]; // 0x4e2312e0: IERC1155Receiver
  }

  SHORTEST_DELAY = () => SHORTEST_DELAY;
  PROPOSER_ROLE = () => PROPOSER;
  EXECUTOR_ROLE = () => EXECUTOR;
  CANCELLER_ROLE = () => CANCELLER;
  DEFAULT_ADMIN_ROLE = () => ZERO_WORD;
  getRoleAdmin = () => ZERO_WORD;
  consortium = () => this.world.at.Consortium;
  getMinDelay = () => this.delay;
  getTimestamp = (_, id) => this.time(id);
  getOperationState = ({ now }, id) => this.operationState(id, now);
  isOperation = (_, id) => this.time(id) !== 0n;
  isOperationPending = ({ now }, id) => [WAITING, READY].includes(this.operationState(id, now));
  isOperationReady = ({ now }, id) => this.operationState(id, now) === READY;
  isOperationDone = (_, id) => this.time(id) === DONE;
  onERC721Received = () => TAKES.one721;
  onERC1155Received = () => TAKES.one1155;
  onERC1155BatchReceived = () => TAKES.many1155;
  hashOperation = (_, ...values) => hash(ONE, values);
  hashOperationBatch = (_, ...values) => hash(MANY, values.map((each) => each.toArray?.() ?? each));

  hasRole(_, role, account) {
    const members = this.world.contracts.Consortium;
    if (role === CANCELLER) return members.isActive(_, members.number(account));
    return this.state.roles.has(`${role} ${account}`);
  }
}
