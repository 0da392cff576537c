// The interfaces as ethers' human-readable fragments, written by hand from interfaces/*.sol and OpenZeppelin's text.
import { Interface } from "ethers";

const SIGNATURE = "tuple(bytes32 r, bytes32 vs)";
const GRANT =
  "tuple(address consent, uint32 recipient, uint40 validFrom, uint40 validUntil, uint40 reconfirmBy, uint16 maxUses, bytes32 termsDigest)";
const SIGNED_GRANT = `tuple(${GRANT} grant, ${SIGNATURE} signature)`;
const SIGNED_WITHDRAWAL = `tuple(address consent, ${SIGNATURE} signature)`;
const USE = "tuple(address consent, bytes32 commitment)";
const CONSENT =
  "tuple(uint32 recipient, uint40 validFrom, uint40 validUntil, uint40 reconfirmBy, uint32 sequence, uint16 maxUses, uint16 uses, uint8 stage)";
const LIMITS = "tuple(uint32 longestValidity, uint32 longestReconfirmation, uint16 mostUses)";
const COMMITMENT = "tuple(address consent, bytes32 root, bytes32 replaces)";
const SIGNED_COMMITMENT = `tuple(${COMMITMENT} commitment, ${SIGNATURE} signature)`;
const ADVICE = "tuple(address consent, bytes32 commitment, bytes32 advice)";
const SIGNED_ACKNOWLEDGEMENT = `tuple(${ADVICE} advice, ${SIGNATURE} signature)`;
const ADMISSION = "tuple(uint32 member, string name, bytes32[] roles, address account, bytes encryptionKey)";
const MEMBER = "tuple(uint8 standing, uint40 lapsesAt, bytes32 encryptionKeyDigest, string name)";
const OPERATION = "address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt";
const OPERATIONS = "address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt";

const ERC165 = ["function supportsInterface(bytes4 interfaceId) view returns (bool)"];

const ACCESS_CONTROL = [
  "error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
  "error AccessControlBadConfirmation()",
  "event RoleAdminChanged(bytes32 indexed role, bytes32 indexed previousAdminRole, bytes32 indexed newAdminRole)",
  "event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)",
  "event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)",
  "function DEFAULT_ADMIN_ROLE() view returns (bytes32)",
  "function hasRole(bytes32 role, address account) view returns (bool)",
  "function getRoleAdmin(bytes32 role) view returns (bytes32)",
  "function grantRole(bytes32 role, address account)",
  "function revokeRole(bytes32 role, address account)",
  "function renounceRole(bytes32 role, address callerConfirmation)",
];

const OWN_CONSENT_SIGNED = ["function MOST_ITEMS() view returns (uint256)"];

const CONSENT_SIGNED = [
  ...OWN_CONSENT_SIGNED,
  "error NotSignedByConsent(address consent)",
  "error BatchSizeOutOfRange(uint256 size, uint256 most)",
  "function eip712Domain() view returns (bytes1 fields, string, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)",
];

const OWN_CONSORTIUM = [
  `function admit(${ADMISSION} admission)`,
  "function suspend(uint32 member, uint8 reason)",
  "function reinstate(uint32 member)",
  "function proposeRecovery(uint32 member, address account)",
  "function offerAccount(address account)",
  "function removeAccount(address account)",
  "function changeEncryptionKey(bytes encryptionKey)",
  "function rename(string name)",
  "function objectToRecovery()",
  "function acceptAccount(uint32 member)",
  "function completeRecovery(uint32 member)",
  "function lapseRecovery(uint32 member)",
  "function SPONSOR() view returns (bytes32)",
  "function ADVISER() view returns (bytes32)",
  "function AUDITOR() view returns (bytes32)",
  "function OPERATOR() view returns (bytes32)",
  "function COUNCIL() view returns (bytes32)",
  "function governance() view returns (address)",
  "function delays() view returns (tuple(uint32 suspension, uint32 recovery))",
  "function seatOf(uint32 member) pure returns (address)",
  "function memberOf(address account) view returns (uint32)",
  "function memberNamed(bytes name) view returns (uint32)",
  "function isOffered(uint32 member, address account) view returns (bool)",
  "function recoveryOf(uint32 member) view returns (tuple(address account, uint40 readyAt))",
  "function isActive(uint32 member) view returns (bool)",
  "function isActiveAs(uint32 member, bytes32 role) view returns (bool)",
  `function getMember(uint32 member) view returns (${MEMBER})`,
];

const CONSORTIUM = [
  ...OWN_CONSORTIUM,
  "event MemberAdmitted(uint32 indexed member, string name, address indexed by)",
  "event MemberRenamed(uint32 indexed member, string name, address indexed by)",
  "event MemberSuspended(uint32 indexed member, uint8 reason, uint40 lapsesAt, address indexed by)",
  "event MemberReinstated(uint32 indexed member, address indexed by)",
  "event AccountOffered(uint32 indexed member, address indexed account, address indexed by)",
  "event AccountAdded(uint32 indexed member, address indexed account, address indexed by)",
  "event AccountRemoved(uint32 indexed member, address indexed account, address indexed by)",
  "event EncryptionKeyChanged(uint32 indexed member, bytes32 indexed digest, bytes key, address indexed by)",
  "event RecoveryProposed(uint32 indexed member, address indexed account, uint40 readyAt, address indexed by)",
  "event RecoveryObjected(uint32 indexed member, address indexed account, address indexed by)",
  "event RecoveryCompleted(uint32 indexed member, address indexed account)",
  "event RecoveryLapsed(uint32 indexed member, address indexed account, address indexed by)",
  "error DeploymentInvalid()",
  "error NotAMember(address account)",
  "error NotOfTheCouncil(address account)",
  "error MemberUnknown(uint32 member)",
  "error MemberNumberTaken(uint32 member)",
  "error ReasonMissing(uint32 member)",
  "error MemberNotActive(uint32 member)",
  "error SuspendedLately(uint32 member, uint256 from)",
  "error MemberNotSuspended(uint32 member)",
  "error SuspensionNotLapsed(uint32 member, uint40 lapsesAt)",
  "error NameLengthOutOfRange(uint256 length, uint256 shortest, uint256 longest)",
  "error NameNotUtf8(bytes name)",
  "error NameTaken(uint32 member)",
  "error EncryptionKeyLengthOutOfRange(uint256 length, uint256 shortest, uint256 longest)",
  "error AccountTaken(address account, uint32 member)",
  "error AccountNotOffered(address account, uint32 member)",
  "error AccountNotOfMember(address account, uint32 member)",
  "error AccountIsOwn(address account)",
  "error RecoveryUnknown(uint32 member, address account)",
  "error RecoveryNotReady(uint32 member, uint256 from, uint256 until)",
  "error RecoveryNotLapsed(uint32 member, uint256 from)",
  "error TooManyRoles(uint256 count, uint256 most)",
  "error RoleUnknown(bytes32 role)",
  "error NotASeat(address account)",
  ...ACCESS_CONTROL,
  ...ERC165,
];

const OWN_GOVERNANCE = [
  "function SHORTEST_DELAY() view returns (uint256)",
  "function consortium() view returns (address)",
];

const GOVERNANCE = [
  ...OWN_GOVERNANCE,
  "error DeploymentInvalid()",
  "error ProposalEmpty()",
  "error DelayFixed()",
  "error RoleFixed(bytes32 role, address account)",
  "error EtherRefused()",
  "error TimelockInvalidOperationLength(uint256 targets, uint256 payloads, uint256 values)",
  "error TimelockInsufficientDelay(uint256 delay, uint256 minDelay)",
  "error TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)",
  "error TimelockUnexecutedPredecessor(bytes32 predecessorId)",
  "error FailedCall()",
  "error Panic(uint256 code)",
  "event CallScheduled(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data, bytes32 predecessor, uint256 delay)",
  "event CallExecuted(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data)",
  "event CallSalt(bytes32 indexed id, bytes32 salt)",
  "event Cancelled(bytes32 indexed id)",
  "event MinDelayChange(uint256 oldDuration, uint256 newDuration)",
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function EXECUTOR_ROLE() view returns (bytes32)",
  "function CANCELLER_ROLE() view returns (bytes32)",
  `function schedule(${OPERATION}, uint256 delay)`,
  `function scheduleBatch(${OPERATIONS}, uint256 delay)`,
  "function cancel(bytes32 id)",
  `function execute(${OPERATION}) payable`,
  `function executeBatch(${OPERATIONS}) payable`,
  "function updateDelay(uint256 newDelay)",
  "function isOperation(bytes32 id) view returns (bool)",
  "function isOperationPending(bytes32 id) view returns (bool)",
  "function isOperationReady(bytes32 id) view returns (bool)",
  "function isOperationDone(bytes32 id) view returns (bool)",
  "function getTimestamp(bytes32 id) view returns (uint256)",
  "function getOperationState(bytes32 id) view returns (uint8)",
  "function getMinDelay() view returns (uint256)",
  "function onERC721Received(address operator, address from, uint256 tokenId, bytes data) returns (bytes4)",
  "function onERC1155Received(address operator, address from, uint256 tokenId, uint256 value, bytes data) returns (bytes4)",
  "function onERC1155BatchReceived(address operator, address from, uint256[] tokenIds, uint256[] values, bytes data) returns (bytes4)",
  `function hashOperation(${OPERATION}) pure returns (bytes32)`,
  `function hashOperationBatch(${OPERATIONS}) pure returns (bytes32)`,
  ...ACCESS_CONTROL,
  ...ERC165,
];

const OWN_CONSENT_REGISTRY = [
  `function grant(${SIGNED_GRANT} item)`,
  `function grantBatch(${SIGNED_GRANT}[] items)`,
  `function pause(address consent, uint32 sequence, ${SIGNATURE} signature)`,
  `function resume(address consent, uint32 sequence, ${SIGNATURE} signature)`,
  `function reconfirm(address consent, uint32 sequence, uint40 reconfirmBy, ${SIGNATURE} signature)`,
  `function withdraw(${SIGNED_WITHDRAWAL} item)`,
  `function withdrawBatch(${SIGNED_WITHDRAWAL}[] items)`,
  "function release(address consent)",
  `function use(${USE} item)`,
  `function useBatch(${USE}[] items)`,
  "function status(address consent) view returns (uint8)",
  "function isLive(address consent) view returns (bool)",
  "function areLive(address[] consents) view returns (bool[])",
  "function standing(address consent) view returns (bool live, uint8 current, uint32 recipient)",
  "function isRecipient(address consent, address account) view returns (bool)",
  `function getConsent(address consent) view returns (${CONSENT})`,
  `function limits() view returns (${LIMITS})`,
  "function consortium() view returns (address)",
  `function checkGrant(${SIGNED_GRANT} item, address carrier) view`,
  `function checkWithdrawal(${SIGNED_WITHDRAWAL} item, address carrier) view`,
  `function checkUse(${USE} item, address account) view`,
];

const CONSENT_REGISTRY = [
  ...OWN_CONSENT_REGISTRY,
  "event ConsentGranted(address indexed consent, uint32 indexed recipient, address indexed carrier, uint40 validFrom, uint40 validUntil, uint40 reconfirmBy, uint16 maxUses, bytes32 termsDigest)",
  "event ConsentPaused(address indexed consent, address indexed carrier, uint32 sequence)",
  "event ConsentResumed(address indexed consent, address indexed carrier, uint32 sequence)",
  "event ConsentReconfirmed(address indexed consent, address indexed carrier, uint32 sequence, uint40 reconfirmBy)",
  "event ConsentWithdrawn(address indexed consent, address indexed carrier)",
  "event ConsentReleased(address indexed consent, uint32 indexed recipient, address indexed account)",
  "event ConsentUsed(address indexed consent, uint32 indexed recipient, address account, bytes32 commitment, uint16 uses)",
  "event GrantRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason)",
  "event WithdrawalRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason)",
  "event UseRejected(address indexed consent, address indexed account, uint256 index, bytes reason)",
  "error DeploymentInvalid()",
  "error CarrierNotActiveMember(address carrier)",
  "error ConsentExists(address consent, uint8 status)",
  "error RecipientNotActiveAdviser(uint32 recipient)",
  "error ValidityOutOfRange(uint40 validFrom, uint40 validUntil, uint40 earliest, uint40 latest)",
  "error ReconfirmByOutOfRange(uint40 reconfirmBy, uint40 earliest, uint40 latest)",
  "error MaxUsesOutOfRange(uint16 maxUses, uint16 most)",
  "error TermsDigestZero(address consent)",
  "error ConsentNotOpen(address consent, uint8 status)",
  "error ConsentNotPaused(address consent)",
  "error SequenceMismatch(address consent, uint32 sequence, uint32 expected)",
  "error SequenceExhausted(address consent)",
  "error ConsentNotLive(address consent, uint8 status)",
  "error ConsentExhausted(address consent, uint16 maxUses)",
  "error NotTheRecipient(address consent, address account)",
  "error CommitmentZero(address consent)",
  ...CONSENT_SIGNED,
  ...ERC165,
];

const OWN_COMMITMENT_REGISTRY = [
  `function commit(${SIGNED_COMMITMENT} item)`,
  `function commitBatch(${SIGNED_COMMITMENT}[] items)`,
  "function headOf(address consent) view returns (bytes32)",
  "function consents() view returns (address)",
  `function checkCommitment(${SIGNED_COMMITMENT} item) view`,
];

const COMMITMENT_REGISTRY = [
  ...OWN_COMMITMENT_REGISTRY,
  "event Committed(address indexed consent, address carrier, bytes32 root)",
  "event CommitmentRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason)",
  "error DeploymentInvalid()",
  "error ConsentNotLive(address consent, uint8 status)",
  "error RootZero(address consent)",
  "error RootUnchanged(address consent, bytes32 root)",
  "error HeadMismatch(address consent, bytes32 replaces, bytes32 head)",
  ...CONSENT_SIGNED,
  ...ERC165,
];

const OWN_ADVICE_LOG = [
  `function record(${ADVICE} advice)`,
  `function acknowledge(${SIGNED_ACKNOWLEDGEMENT} item)`,
  `function acknowledgeBatch(${SIGNED_ACKNOWLEDGEMENT}[] items)`,
  `function stageOf(${ADVICE} advice) view returns (uint8)`,
  "function consents() view returns (address)",
  `function checkAcknowledgement(${SIGNED_ACKNOWLEDGEMENT} item) view`,
];

const ADVICE_LOG = [
  ...OWN_ADVICE_LOG,
  "event AdviceRecorded(address indexed consent, uint32 indexed recipient, address indexed account, bytes32 commitment, bytes32 advice)",
  "event AdviceAcknowledged(address indexed consent, address indexed carrier, bytes32 commitment, bytes32 advice)",
  "event AcknowledgementRejected(address indexed consent, address indexed carrier, uint256 index, bytes reason)",
  "error DeploymentInvalid()",
  "error ConsentNotLive(address consent, uint8 status)",
  "error NotTheRecipient(address consent, address account)",
  "error AdviceIncomplete(address consent)",
  "error AdviceExists(address consent, bytes32 commitment, bytes32 advice)",
  "error AdviceUnknown(address consent, bytes32 commitment, bytes32 advice)",
  "error AdviceAlreadyAcknowledged(address consent, bytes32 commitment, bytes32 advice)",
  ...CONSENT_SIGNED,
  ...ERC165,
];

/** All fragments of each contract, by its name. */
export const FRAGMENTS = {
  Consortium: CONSORTIUM,
  Governance: GOVERNANCE,
  ConsentRegistry: CONSENT_REGISTRY,
  CommitmentRegistry: COMMITMENT_REGISTRY,
  AdviceLog: ADVICE_LOG,
};

const OWN = {
  Consortium: OWN_CONSORTIUM,
  Governance: OWN_GOVERNANCE,
  ConsentRegistry: OWN_CONSENT_REGISTRY,
  CommitmentRegistry: OWN_COMMITMENT_REGISTRY,
  AdviceLog: OWN_ADVICE_LOG,
};

/** The ERC-165 id of an interface: the exclusive or of its functions' selectors. */
export function interfaceId(fragments) {
  let id = 0n;
  new Interface(fragments).forEachFunction((each) => (id ^= BigInt(each.selector)));
  return "0x" + id.toString(16).padStart(8, "0");
}

/** The ERC-165 ids: of ERC-165, of a contract's own interface in interfaces/, and of those that several have. */
export const erc165Id = interfaceId(ERC165);
export const ownId = (name) => interfaceId(OWN[name]);
export const consentSignedId = interfaceId(OWN_CONSENT_SIGNED);
export const accessControlId = interfaceId(ACCESS_CONTROL.filter((each) => !each.includes("DEFAULT_ADMIN_ROLE")));
