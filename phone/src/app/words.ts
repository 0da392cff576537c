/** What the page says, in English and Welsh. Have the Welsh read by a Welsh speaker before use. */
const WORDS = {
  title: ["Jamjar", "Jamjar"],
  warning: [
    "Whoever serves this page can change it, and a changed page can take your passphrase. Open it only from somebody you trust, or from a file that you keep.",
    "Gall pwy bynnag sy'n gweini'r dudalen hon ei newid, a gall tudalen a newidiwyd gymryd eich cyfrinair. Agorwch hi gan rywun yr ydych yn ymddiried ynddo yn unig, neu o ffeil yr ydych yn ei chadw.",
  ],
  erased: [
    "The browser may delete what it keeps for a page. Export your wallet after each change.",
    "Gall y porwr ddileu'r hyn y mae'n ei gadw ar gyfer tudalen. Allforiwch eich waled ar ôl pob newid.",
  ],
  gone: [
    "There is no wallet in this browser. If you had one, the browser deleted it: import the file that you exported; without one, end each consent by your panic card, or ask the adviser to end it.",
    "Nid oes waled yn y porwr hwn. Os oedd gennych un, fe'i dilëwyd gan y porwr: mewnforiwch y ffeil a allforiwyd gennych; heb un, dewch â phob cydsyniad i ben â'ch cerdyn argyfwng, neu gofynnwch i'r cynghorydd wneud hynny.",
  ],
  exported: ["You exported your wallet, and nothing has changed since.", "Rydych wedi allforio eich waled, ac nid oes dim wedi newid ers hynny."],
  other: ["Another page has this wallet open; close it there first.", "Mae tudalen arall â'r waled hon ar agor; caewch hi yno yn gyntaf."],
  open: ["Open", "Agor"],
  create: ["Create a wallet", "Creu waled"],
  import: ["Import a wallet", "Mewnforio waled"],
  file: ["The wallet's file", "Ffeil y waled"],
  passphrase: ["Passphrase", "Cyfrinair"],
  chosen: ["Passphrase: five random words are good", "Cyfrinair: mae pum gair ar hap yn dda"],
  deployment: ["The ledger's file, from your adviser", "Ffeil y cyfriflyfr, gan eich cynghorydd"],
  relayer: ["Address of a relayer (https://...), if the file has none", "Cyfeiriad trosglwyddydd (https://...), os nad oes un yn y ffeil"],
  keep: ["Keep", "Cadw"],
  lock: ["Lock", "Cloi"],
  consents: ["Who can see what now", "Pwy all weld beth nawr"],
  none: ["Nobody can see anything.", "Ni all neb weld dim."],
  unknown: [
    "This page is too old to say what they can see; update it, or end the consent.",
    "Mae'r dudalen hon yn rhy hen i ddweud beth y gallant ei weld; diweddarwch hi, neu dewch â'r cydsyniad i ben.",
  ],
  until: ["until", "tan"],
  end: ["End it now", "Dod â hyn i ben nawr"],
  ended: ["You have ended this.", "Rydych wedi dod â hyn i ben."],
  pause: ["Pause", "Oedi"],
  resume: ["Resume", "Ailddechrau"],
  confirm: ["Confirm again", "Cadarnhau eto"],
  plan: ["Plan a month and commit to it", "Cynllunio mis ac ymrwymo iddo"],
  request: ["A request", "Cais"],
  requested: ["Paste the request", "Gludwch y cais"],
  requestFile: ["Its file, or a picture of its code", "Ei ffeil, neu lun o'i god"],
  scan: ["Scan its code with the camera", "Sganio ei god â'r camera"],
  camera: ["Hold the code before the camera; what it sees stays on this phone.", "Daliwch y cod o flaen y camera; mae'r hyn y mae'n ei weld yn aros ar y ffôn hwn."],
  read: ["Read it", "Ei ddarllen"],
  agree: ["Agree", "Cytuno"],
  refuse: ["Refuse", "Gwrthod"],
  unproven: [
    "Check with the adviser that this request is theirs: this phone cannot look it up. It is signed by",
    "Gwiriwch gyda'r cynghorydd mai ei gais ef yw hwn: ni all y ffôn hwn chwilio amdano. Llofnodwyd gan",
  ],
  creditor: ["Whom you owe; leave it empty if there is nobody else", "I bwy mae arnoch arian; gadewch yn wag os nad oes neb arall"],
  priority: ["A priority debt, such as rent, council tax or energy", "Dyled â blaenoriaeth, fel rhent, treth gyngor neu ynni"],
  owed: ["Owed in all, in pounds", "Cyfanswm y ddyled, mewn punnoedd"],
  offer: ["Paid or offered in this month, in pounds", "Wedi'i dalu neu ei gynnig yn y mis hwn, mewn punnoedd"],
  another: ["Another debt", "Dyled arall"],
  wait: ["Please wait.", "Arhoswch."],
  start: ["First day of the month that you plan", "Diwrnod cyntaf y mis yr ydych yn ei gynllunio"],
  finish: ["Its last day", "Ei ddiwrnod olaf"],
  next: ["Next", "Nesaf"],
  enough: ["That is all", "Dyna'r cyfan"],
  commit: ["Commit to it", "Ymrwymo iddo"],
  pounds: ["Pounds in this month; leave it empty for nothing", "Punnoedd yn y mis hwn; gadewch yn wag am ddim"],
  income: ["Income", "Incwm"],
  outgoings: ["Outgoings", "Gwariant"],
  balance: ["Left or missing", "Ar ôl neu ar goll"],
  card: ["Save it as a file", "Ei gadw fel ffeil"],
  cardLines: ["A panic card", "Cerdyn argyfwng"],
  written: [
    "Write these lines on paper. Whoever carries them ends the consent, and nothing else.",
    "Ysgrifennwch y llinellau hyn ar bapur. Pwy bynnag sy'n eu cludo sy'n dod â'r cydsyniad i ben, a dim byd arall.",
  ],
  committed: ["What you committed to", "Yr hyn yr ymrwymoch iddo"],
  yes: ["yes", "ydy"],
  no: ["no", "nac ydy"],
  export: ["Export the wallet", "Allforio'r waled"],
  queue: ["What waits to be sent", "Yr hyn sy'n aros i'w anfon"],
  sent: ["A relayer has it.", "Mae gan drosglwyddydd ef."],
  waits: ["It waits until", "Mae'n aros tan"],
  send: ["Send now", "Anfon nawr"],
  one: ["Each visit sends the messages of one consent, so that nobody sees which are one person's.", "Mae pob ymweliad yn anfon negeseuon un cydsyniad, fel na all neb weld pa rai sy'n perthyn i un person."],
  receipts: ["Check receipts", "Gwirio derbynebau"],
  policy: ["The policy: whose signatures you rely on", "Y polisi: llofnodion pwy yr ydych yn dibynnu arnynt"],
  receipt: ["Receipts", "Derbynebau"],
  check: ["Check", "Gwirio"],
  true: ["is true: event in block", "yn wir: digwyddiad ym mloc"],
  show: ["Show figures", "Dangos ffigurau"],
  packed: ["What you showed last waits to be sent.", "Mae'r hyn a ddangoswyd gennych ddiwethaf yn aros i'w anfon."],
  newKey: ["I asked: the new key is theirs", "Gofynnais: nhw biau'r allwedd newydd"],
  letters: ["Letters and looks", "Llythyrau ac edrychiadau"],
  noLetters: ["There are no letters.", "Nid oes llythyrau."],
  acknowledge: ["I have received it", "Rwyf wedi ei dderbyn"],
  deleted: ["They state that they deleted what you showed, on", "Maent yn datgan iddynt ddileu'r hyn a ddangoswyd gennych, ar"],
  looks: ["Who looked", "Pwy edrychodd"],
  noLooks: ["The log has no look.", "Nid oes edrychiad yn y log."],
  expected: ["a look at what you showed", "edrychiad ar yr hyn a ddangoswyd gennych"],
  unexpected: ["a look that you did not show anything for: ask why", "edrychiad na ddangosasoch ddim ar ei gyfer: gofynnwch pam"],
  lookUp: ["Look up who asks", "Chwilio pwy sy'n gofyn"],
  proven: ["It is signed by an account of", "Fe'i llofnodwyd gan gyfrif"],
  back: ["Back", "Yn ôl"],
  done: ["Done.", "Wedi'i wneud."],
} as const;

/** What a queued message does, in Welsh; in English it is the message's own name. */
const KINDS: Record<string, string> = { Grant: "Caniatáu", Pause: "Oedi", Resume: "Ailddechrau", Reconfirm: "Cadarnhau", Withdraw: "Tynnu'n ôl", Commit: "Ymrwymo", Acknowledge: "Cydnabod" };
export const kindOf = (kind: string): string => (language ? KINDS[kind] : undefined) ?? kind;

export type Word = keyof typeof WORDS;
let language = 0;

export const say = (word: Word): string => WORDS[word][language]!;
export const spoken = (): number => language;

export function speak(chosen: number): void {
  language = chosen;
  document.documentElement.lang = chosen ? "cy" : "en";
}
