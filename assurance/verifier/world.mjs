// The five contracts together: one state, and what comes of a transaction, foretold.
import { AdviceLog } from "./advice.mjs";
import { CommitmentRegistry } from "./commitments.mjs";
import { ConsentRegistry } from "./consents.mjs";
import { Consortium } from "./consortium.mjs";
import { Refused, refuseEmpty, Unforetold } from "./contract.mjs";
import { Governance } from "./governance.mjs";
import { Seen } from "./seen.mjs";

const CONTRACTS = { Consortium, Governance, ConsentRegistry, CommitmentRegistry, AdviceLog };

export class World {
  /** chainId, at: addresses by contract name, settings: of the deployment, as the contracts take them. */
  constructor(chainId, at, settings) {
    Object.assign(this, { chainId, at, settings });
    this.state = Object.fromEntries(Object.entries(CONTRACTS).map(([name, kind]) => [name, kind.start()]));
    this.contracts = Object.fromEntries(Object.entries(CONTRACTS).map(([name, kind]) => [name, new kind(this)]));
    this.byAddress = new Map(Object.values(this.contracts).map((each) => [each.address, each]));
    this.codeless = new Set();
    this.seen = new Seen();
  }

  /** What a contract's creation logs. */
  create(name, deployer) {
    return this.whole(() => this.contracts[name].deployed(deployer));
  }

  /** What comes of a transaction: its logs, or with what it is refused; then nothing changes. */
  transact(call) {
    return this.whole(() => this.call(call));
  }

  whole(action) {
    const before = structuredClone(this.state);
    this.logs = [];
    this.rejected = [];
    try {
      action();
      return { refused: null, logs: this.logs, rejected: this.rejected };
    } catch (error) {
      this.state = before;
      if (!(error instanceof Refused)) throw error;
      return { refused: error, logs: [], rejected: [] };
    }
  }

  /** One call, of a transaction or by a contract: value in wei, now the block's time; returns a function's bytes. */
  call({ sender, to, value, data, now }) {
    const contract = this.byAddress.get(to);
    if (!contract) return this.elsewhere(to);
    if (data === "0x") return contract.receive();
    const decoded = contract.decode(data);
    if (!decoded || (value !== 0n && !decoded.called.payable)) refuseEmpty();
    const { called, inputs, values } = decoded;
    if (!values || !(contract.fits?.(called, values) ?? true)) refuseEmpty();
    this.seen.add(sender, inputs, values);
    return contract.answer(called, contract[called.name]({ sender, now, value }, ...values));
  }

  /** A call to an account without code does nothing; what another contract would do is not foretold. */
  elsewhere(to) {
    if (this.codeless.has(to)) return "0x";
    throw Object.assign(new Unforetold(`A call of ${to}, which has code of its own; verify it by hand.`), { to });
  }
}
