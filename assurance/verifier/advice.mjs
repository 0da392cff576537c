// The rules of interfaces/IAdviceLog.sol.
import { ZERO_WORD } from "./contract.mjs";
import { ConsentSigned } from "./signed.mjs";

const STAGE = { NONE: 0n, RECORDED: 1n, ACKNOWLEDGED: 2n };
const keyOf = ({ consent, commitment, advice }) => `${consent} ${commitment} ${advice}`;
const partsOf = ({ consent, commitment, advice }) => [consent, commitment, advice];

export class AdviceLog extends ConsentSigned {
  constructor(world) {
    super("AdviceLog", world);
  }

  static start() {
    return { stages: new Map() };
  }

  deployed() {}

  record({ sender, now }, item) {
    const { consent, commitment, advice } = item;
    const registry = this.world.contracts.ConsentRegistry;
    this.require(advice !== ZERO_WORD && commitment !== ZERO_WORD, "AdviceIncomplete", consent);
    this.require(registry.live(consent, now), "ConsentNotLive", consent, registry.statusOf(consent, now));
    this.require(registry.isRecipient(null, consent, sender), "NotTheRecipient", consent, sender);
    this.require(this.stage(item) === STAGE.NONE, "AdviceExists", ...partsOf(item));
    this.state.stages.set(keyOf(item), STAGE.RECORDED);
    this.emit("AdviceRecorded", consent, registry.kept(consent).recipient, sender, commitment, advice);
  }

  acknowledge({ sender }, item) {
    this.checkAcknowledgement(null, item);
    this.state.stages.set(keyOf(item.advice), STAGE.ACKNOWLEDGED);
    const { consent, commitment, advice } = item.advice;
    this.emit("AdviceAcknowledged", consent, sender, commitment, advice);
  }

  checkAcknowledgement(_, { advice, signature }) {
    const stage = this.stage(advice);
    this.require(stage !== STAGE.NONE, "AdviceUnknown", ...partsOf(advice));
    this.require(stage !== STAGE.ACKNOWLEDGED, "AdviceAlreadyAcknowledged", ...partsOf(advice));
    this.signed("Acknowledge", advice.toObject(), signature);
  }

  acknowledgeBatch({ sender }, items) {
    this.batchSize(items);
    const consentOf = (item) => item.advice.consent;
    this.each(items, (item) => this.acknowledge({ sender }, item), "AcknowledgementRejected", consentOf, sender);
  }

  stage(advice) {
    return this.state.stages.get(keyOf(advice)) ?? STAGE.NONE;
  }

  stageOf = (_, advice) => this.stage(advice);
  consents = () => this.world.at.ConsentRegistry;
}
