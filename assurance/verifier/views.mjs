// All views of all contracts, asked about all that the record has named, beside what the rules answer.
import { getAddress, id, toBeHex, ZeroAddress } from "ethers";
import { accessControlId, consentSignedId, erc165Id, ownId } from "./abi.mjs";
import { roleId, ZERO_WORD } from "./contract.mjs";
import { ROLES } from "./members.mjs";

const UNKNOWN_MEMBER = 4_000_000_000n;
const STRANGER = getAddress("0x" + id("a stranger").slice(26));
const UNKNOWN_WORD = id("unknown");
const GOVERNANCE_ROLES = ["PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"];
const MANY = 300;

const product = (...lists) =>
  lists.reduce((rows, list) => rows.flatMap((row) => [...list].map((each) => [...row, each])), [[]]);
const known = (list, ...more) => [...new Set([...list, ...more])];

/** Every question as [contract, function, arguments]. */
export function questions(world) {
  const { seen, state, at } = world;
  const accounts = known(seen.accounts, ...state.Consortium.accounts.keys(), ...Object.values(at), ZeroAddress, STRANGER);
  const members = known(seen.members, ...state.Consortium.members.keys(), 0n, UNKNOWN_MEMBER);
  const consents = known(seen.consents, ...state.ConsentRegistry.consents.keys(), STRANGER);
  const memberRoles = known(ROLES.map(roleId), ZERO_WORD, UNKNOWN_WORD, ...seen.roles);
  const governanceRoles = known(GOVERNANCE_ROLES.map(roleId), ZERO_WORD, UNKNOWN_WORD, ...seen.roles);
  const operations = known(state.Governance.times.keys(), ...seen.operations, UNKNOWN_WORD);
  const seats = members.map((each) => getAddress(toBeHex(each, 20)));
  const shared = [erc165Id, consentSignedId, accessControlId, "0x4e2312e0"];
  const interfaces = [...shared, "0xffffffff", "0x00000000", ...Object.keys(at).map(ownId)];
  const of = (contract, name, ...lists) => product(...lists).map((values) => [contract, name, values]);
  const constants = {
    Consortium: [...ROLES, "DEFAULT_ADMIN_ROLE", "governance", "delays"],
    Governance: [...GOVERNANCE_ROLES, "DEFAULT_ADMIN_ROLE", "SHORTEST_DELAY", "consortium", "getMinDelay"],
    ConsentRegistry: ["MOST_ITEMS", "eip712Domain", "limits", "consortium"],
    CommitmentRegistry: ["MOST_ITEMS", "eip712Domain", "consents"],
    AdviceLog: ["MOST_ITEMS", "eip712Domain", "consents"],
  };
  const asked = Object.entries(constants).flatMap(([name, functions]) => functions.map((each) => [name, each, []]));
  for (const name of Object.keys(at)) asked.push(...of(name, "supportsInterface", interfaces));
  for (const each of ["seatOf", "recoveryOf", "isActive", "getMember"]) asked.push(...of("Consortium", each, members));
  for (const each of ["isOperation", "isOperationPending", "isOperationReady", "isOperationDone", "getTimestamp", "getOperationState"])
    asked.push(...of("Governance", each, operations));
  for (const each of ["status", "isLive", "standing", "getConsent"]) asked.push(...of("ConsentRegistry", each, consents));
  asked.push(
    ...of("Consortium", "memberOf", accounts),
    ...of("Consortium", "memberNamed", known(seen.names, ...state.Consortium.names.keys(), "0x")),
    ...of("Consortium", "isOffered", members, accounts),
    ...of("Consortium", "isActiveAs", members, memberRoles),
    ...of("Consortium", "hasRole", memberRoles, known(accounts, ...seats)),
    ...of("Consortium", "getRoleAdmin", memberRoles),
    ...of("Governance", "hasRole", governanceRoles, accounts),
    ...of("Governance", "getRoleAdmin", governanceRoles),
    ...of("ConsentRegistry", "isRecipient", consents, accounts),
    ...of("ConsentRegistry", "areLive", [[], consents.slice(0, 256), Array(257).fill(STRANGER)]),
    ...of("CommitmentRegistry", "headOf", consents),
    ...of("AdviceLog", "stageOf", [...seen.advice]),
    ...checks(seen, known(state.Consortium.accounts.keys(), STRANGER)),
  );
  return asked;
}

const CHECKED_BY = { checkCommitment: "CommitmentRegistry", checkAcknowledgement: "AdviceLog" };

/** The views that say whether a call would be taken now: of what was handed in last, by members and by a stranger. */
function checks(seen, carriers) {
  return [...seen.items.values()].slice(-MANY).flatMap(({ check, item }) => {
    const contract = CHECKED_BY[check];
    return contract ? [[contract, check, [item]]] : carriers.map((each) => ["ConsentRegistry", check, [item, each]]);
  });
}
