// The rules of interfaces/IConsentRegistry.sol.
import { roleId, ZERO_WORD } from "./contract.mjs";
import { ConsentSigned } from "./signed.mjs";

const STATUSES = ["NONE", "SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", "EXPIRED", "RELEASED", "WITHDRAWN"];
const STATUS = Object.fromEntries(STATUSES.map((name, i) => [name, BigInt(i)]));
const STAGE = { NONE: 0n, GRANTED: 1n, PAUSED: 2n, RELEASED: 3n, WITHDRAWN: 4n };
const NOT_OPEN = [STATUS.NONE, STATUS.EXPIRED, STATUS.RELEASED, STATUS.WITHDRAWN];
const LAST_SEQUENCE = 2n ** 32n - 1n;
const UNKNOWN = {
  ...{ recipient: 0n, validFrom: 0n, validUntil: 0n, reconfirmBy: 0n, sequence: 0n, maxUses: 0n, uses: 0n },
  stage: STAGE.NONE,
};

const least = (a, b) => (a < b ? a : b);
const most = (a, b) => (a > b ? a : b);

export class ConsentRegistry extends ConsentSigned {
  constructor(world) {
    super("ConsentRegistry", world);
  }

  static start() {
    return { consents: new Map() };
  }

  deployed() {}

  get members() {
    return this.world.contracts.Consortium;
  }

  get limit() {
    return this.world.settings.limits;
  }

  // ------------------------------------------------------------------ claimant, through a carrier

  grant({ sender, now }, item) {
    this.checkGrant({ now }, item, sender);
    const { consent, recipient, validFrom, validUntil, reconfirmBy, maxUses, termsDigest } = item.grant;
    const granted = { recipient, validFrom, validUntil, reconfirmBy, sequence: 0n, maxUses, uses: 0n };
    this.state.consents.set(consent, { ...granted, stage: STAGE.GRANTED });
    const times = [validFrom, validUntil, reconfirmBy];
    this.emit("ConsentGranted", consent, recipient, sender, ...times, maxUses, termsDigest);
  }

  checkGrant({ now }, { grant, signature }, carrier) {
    const { consent, recipient, validFrom, validUntil, reconfirmBy, maxUses, termsDigest } = grant;
    this.carrierIsActive(carrier);
    const status = this.statusOf(consent, now);
    this.require(status === STATUS.NONE, "ConsentExists", consent, status);
    this.require(this.isAdviser(recipient), "RecipientNotActiveAdviser", recipient);
    const latest = now + this.limit.longestValidity;
    const runs = validFrom >= now && validUntil > validFrom && validUntil <= latest;
    this.require(runs, "ValidityOutOfRange", validFrom, validUntil, now, latest);
    this.reconfirmable(reconfirmBy, validFrom, validUntil, now);
    this.require(maxUses >= 1n && maxUses <= this.limit.mostUses, "MaxUsesOutOfRange", maxUses, this.limit.mostUses);
    this.require(termsDigest !== ZERO_WORD, "TermsDigestZero", consent);
    this.signed("Grant", grant.toObject(), signature);
  }

  grantBatch({ sender, now }, items) {
    this.batchSize(items);
    this.carrierIsActive(sender);
    this.each(items, (item) => this.grant({ sender, now }, item), "GrantRejected", (item) => item.grant.consent, sender);
  }

  pause({ sender, now }, consent, sequence, signature) {
    const kept = this.next(consent, sequence, now);
    this.signed("Pause", { consent, sequence }, signature);
    this.state.consents.set(consent, { ...kept, stage: STAGE.PAUSED, sequence: sequence + 1n });
    this.emit("ConsentPaused", consent, sender, sequence);
  }

  resume({ sender, now }, consent, sequence, signature) {
    const kept = this.next(consent, sequence, now);
    this.signed("Resume", { consent, sequence }, signature);
    this.require(kept.stage === STAGE.PAUSED, "ConsentNotPaused", consent);
    this.state.consents.set(consent, { ...kept, stage: STAGE.GRANTED, sequence: sequence + 1n });
    this.emit("ConsentResumed", consent, sender, sequence);
  }

  reconfirm({ sender, now }, consent, sequence, reconfirmBy, signature) {
    const kept = this.next(consent, sequence, now);
    this.signed("Reconfirm", { consent, sequence, reconfirmBy }, signature);
    this.reconfirmable(reconfirmBy, kept.validFrom, kept.validUntil, now);
    this.state.consents.set(consent, { ...kept, reconfirmBy, sequence: sequence + 1n });
    this.emit("ConsentReconfirmed", consent, sender, sequence, reconfirmBy);
  }

  withdraw({ sender, now }, item) {
    this.checkWithdrawal({ now }, item, sender);
    this.state.consents.set(item.consent, { ...this.kept(item.consent), stage: STAGE.WITHDRAWN });
    this.emit("ConsentWithdrawn", item.consent, sender);
  }

  checkWithdrawal({ now }, { consent, signature }, carrier) {
    const status = this.statusOf(consent, now);
    if (status === STATUS.NONE) this.carrierIsActive(carrier);
    else this.require(!NOT_OPEN.includes(status), "ConsentNotOpen", consent, status);
    this.signed("Withdraw", { consent }, signature);
  }

  withdrawBatch({ sender, now }, items) {
    this.batchSize(items);
    this.each(items, (item) => this.withdraw({ sender, now }, item), "WithdrawalRejected", (item) => item.consent, sender);
  }

  // ------------------------------------------------------------------ recipient

  release({ sender, now }, consent) {
    const status = this.statusOf(consent, now);
    this.require(!NOT_OPEN.includes(status), "ConsentNotOpen", consent, status);
    const kept = this.kept(consent);
    const acts = this.actsFor(consent, sender) && this.members.isActive(null, kept.recipient);
    this.require(acts, "NotTheRecipient", consent, sender);
    this.state.consents.set(consent, { ...kept, stage: STAGE.RELEASED });
    this.emit("ConsentReleased", consent, kept.recipient, sender);
  }

  use({ sender, now }, item) {
    this.checkUse({ now }, item, sender);
    const kept = this.kept(item.consent);
    this.state.consents.set(item.consent, { ...kept, uses: kept.uses + 1n });
    this.emit("ConsentUsed", item.consent, kept.recipient, sender, item.commitment, kept.uses + 1n);
  }

  checkUse({ now }, { consent, commitment }, account) {
    this.require(commitment !== ZERO_WORD, "CommitmentZero", consent);
    this.require(this.actsFor(consent, account), "NotTheRecipient", consent, account);
    this.require(this.live(consent, now), "ConsentNotLive", consent, this.statusOf(consent, now));
    const { uses, maxUses } = this.kept(consent);
    this.require(uses < maxUses, "ConsentExhausted", consent, maxUses);
  }

  useBatch({ sender, now }, items) {
    this.batchSize(items);
    this.each(items, (item) => this.use({ sender, now }, item), "UseRejected", (item) => item.consent, sender);
  }

  // ------------------------------------------------------------------ what these have in common

  kept(consent) {
    return this.state.consents.get(consent) ?? UNKNOWN;
  }

  statusOf(consent, now) {
    const kept = this.kept(consent);
    if (kept.stage === STAGE.NONE) return STATUS.NONE;
    if (kept.stage === STAGE.WITHDRAWN) return STATUS.WITHDRAWN;
    if (kept.stage === STAGE.RELEASED) return STATUS.RELEASED;
    if (now > kept.validUntil) return STATUS.EXPIRED;
    if (kept.stage === STAGE.PAUSED) return STATUS.PAUSED;
    if (now < kept.validFrom) return STATUS.SCHEDULED;
    if (now > kept.reconfirmBy) return STATUS.STALE;
    return kept.uses >= kept.maxUses ? STATUS.EXHAUSTED : STATUS.ACTIVE;
  }

  live(consent, now) {
    const runs = [STATUS.ACTIVE, STATUS.EXHAUSTED].includes(this.statusOf(consent, now));
    return runs && this.isAdviser(this.kept(consent).recipient);
  }

  isAdviser(member) {
    return this.members.isActiveAs(null, member, roleId("ADVISER"));
  }

  actsFor(consent, account) {
    return this.members.number(account) === this.kept(consent).recipient;
  }

  carrierIsActive(carrier) {
    const active = this.members.isActive(null, this.members.number(carrier));
    this.require(active, "CarrierNotActiveMember", carrier);
  }

  next(consent, sequence, now) {
    const status = this.statusOf(consent, now);
    this.require(!NOT_OPEN.includes(status), "ConsentNotOpen", consent, status);
    const kept = this.kept(consent);
    this.require(sequence === kept.sequence, "SequenceMismatch", consent, sequence, kept.sequence);
    this.require(sequence !== LAST_SEQUENCE, "SequenceExhausted", consent);
    return kept;
  }

  reconfirmable(reconfirmBy, validFrom, validUntil, now) {
    const earliest = most(now, validFrom) + 1n;
    const latest = least(validUntil, now + this.limit.longestReconfirmation);
    const fits = reconfirmBy >= earliest && reconfirmBy <= latest;
    this.require(fits, "ReconfirmByOutOfRange", reconfirmBy, earliest, latest);
  }

  // ------------------------------------------------------------------ views

  status = ({ now }, consent) => this.statusOf(consent, now);
  isLive = ({ now }, consent) => this.live(consent, now);
  standing = ({ now }, consent) => [
    this.live(consent, now),
    this.statusOf(consent, now),
    this.kept(consent).recipient,
  ];
  isRecipient = (_, consent, account) => this.kept(consent).recipient !== 0n && this.actsFor(consent, account);
  getConsent = (_, consent) => this.kept(consent);
  limits = () => this.limit;
  consortium = () => this.world.at.Consortium;

  areLive({ now }, consents) {
    this.batchSize(consents);
    return consents.map((each) => this.live(each, now));
  }
}
