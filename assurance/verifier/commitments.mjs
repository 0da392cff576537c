// The rules of interfaces/ICommitmentRegistry.sol.
import { ZERO_WORD } from "./contract.mjs";
import { ConsentSigned } from "./signed.mjs";

export class CommitmentRegistry extends ConsentSigned {
  constructor(world) {
    super("CommitmentRegistry", world);
  }

  static start() {
    return { heads: new Map() };
  }

  deployed() {}

  commit({ sender, now }, item) {
    this.checkCommitment({ now }, item);
    const { consent, root } = item.commitment;
    this.state.heads.set(consent, root);
    this.emit("Committed", consent, sender, root);
  }

  checkCommitment({ now }, { commitment, signature }) {
    const { consent, root, replaces } = commitment;
    this.require(root !== ZERO_WORD, "RootZero", consent);
    this.require(root !== replaces, "RootUnchanged", consent, root);
    const registry = this.world.contracts.ConsentRegistry;
    this.require(registry.live(consent, now), "ConsentNotLive", consent, registry.statusOf(consent, now));
    const head = this.head(consent);
    this.require(replaces === head, "HeadMismatch", consent, replaces, head);
    this.signed("Commit", commitment.toObject(), signature);
  }

  commitBatch({ sender, now }, items) {
    this.batchSize(items);
    const consentOf = (item) => item.commitment.consent;
    this.each(items, (item) => this.commit({ sender, now }, item), "CommitmentRejected", consentOf, sender);
  }

  head(consent) {
    return this.state.heads.get(consent) ?? ZERO_WORD;
  }

  headOf = (_, consent) => this.head(consent);
  consents = () => this.world.at.ConsentRegistry;
}
