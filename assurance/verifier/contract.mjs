// What the rules of every contract stand on: an address, an interface, logs, refusals, and the decoding of calls.
import { Interface, id } from "ethers";
import { FRAGMENTS } from "./abi.mjs";

/** A call is refused with these bytes; they are "0x" where no error says why. */
export class Refused extends Error {
  constructor(name, data) {
    super(name);
    this.name = name;
    this.data = data;
  }
}

/** Nothing in the texts says what comes of this. */
export class Unforetold extends Error {}

const EMPTY = "(no reason)";
export const refuseEmpty = () => {
  throw new Refused(EMPTY, "0x");
};

export const bytesIn = (hex) => BigInt((hex.length - 2) / 2);
export const ZERO_WORD = "0x" + "00".repeat(32);
export const roleId = (text) => id(text);

// Texts are taken as bytes, since they may be no UTF-8.
const asBytes = (fragment) => fragment.replaceAll("string name", "bytes name");

/** One contract: its rules are the methods of a subclass, each named as its function. */
export class Contract {
  constructor(name, world) {
    this.contract = name;
    this.world = world;
    this.address = world.at[name];
    this.abi = new Interface(FRAGMENTS[name]);
    this.plain = new Interface(FRAGMENTS[name].map(asBytes));
  }

  get state() {
    return this.world.state[this.contract];
  }

  emit(name, ...values) {
    const { topics, data } = this.plain.encodeEventLog(name, values);
    topics[0] = this.abi.getEvent(name).topicHash;
    this.world.logs.push({ address: this.address, topics, data, name: `${this.contract}.${name}` });
  }

  refuse(name, ...values) {
    throw new Refused(name, this.abi.encodeErrorResult(name, values));
  }

  require(holds, name, ...values) {
    if (!holds) this.refuse(name, ...values);
  }

  /** The function that data calls and its arguments; undefined if there is no such function or they do not decode. */
  decode(data) {
    const called = bytesIn(data) >= 4n ? this.abi.getFunction(data.slice(0, 10)) : null;
    if (!called) return undefined;
    const { inputs } = this.plain.getFunction(called.name);
    const coder = this.plain.getAbiCoder();
    const rest = "0x" + data.slice(10);
    let values;
    try {
      values = coder.decode(inputs, rest);
      // A number with more bits than its type has is no number of that type; ethers would cut it.
      if (!rest.startsWith(coder.encode(inputs, values))) values = undefined;
    } catch {
      values = undefined;
    }
    return { called, inputs, values };
  }

  /** What a function returns, as the bytes that a call answers. */
  answer(called, values) {
    if (called.outputs.length === 0) return "0x";
    return this.plain.encodeFunctionResult(called.name, called.outputs.length === 1 ? [values] : values);
  }

  /** A call without data. */
  receive() {
    refuseEmpty();
  }

  supportsInterface(_, interfaceId) {
    return this.interfaces().includes(interfaceId);
  }
}
