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
  other: ["Another page has this wallet open; close it there first.", "Mae tudalen arall â'r waled hon ar agor; caewch hi yno yn gyntaf."],
  open: ["Open", "Agor"],
  create: ["Create a wallet", "Creu waled"],
  import: ["Import a wallet", "Mewnforio waled"],
  file: ["The wallet's file", "Ffeil y waled"],
  passphrase: ["Passphrase", "Cyfrinair"],
  chosen: ["Passphrase: five random words are good", "Cyfrinair: mae pum gair ar hap yn dda"],
  deployment: ["The ledger's file, from your adviser", "Ffeil y cyfriflyfr, gan eich cynghorydd"],
  relayer: ["Address of a relayer (https://...)", "Cyfeiriad trosglwyddydd (https://...)"],
  keep: ["Keep", "Cadw"],
  lock: ["Lock", "Cloi"],
  consents: ["Who can see what now", "Pwy all weld beth nawr"],
  none: ["Nobody can see anything.", "Ni all neb weld dim."],
  until: ["until", "tan"],
  end: ["End it now", "Dod â hyn i ben nawr"],
  ended: ["You have ended this.", "Rydych wedi dod â hyn i ben."],
  pause: ["Pause", "Oedi"],
  resume: ["Resume", "Ailddechrau"],
  confirm: ["Confirm again", "Cadarnhau eto"],
  plan: ["Plan a month and commit to it", "Cynllunio mis ac ymrwymo iddo"],
  request: ["A request", "Cais"],
  requested: ["Paste the request, or choose its file", "Gludwch y cais, neu dewiswch ei ffeil"],
  read: ["Read it", "Ei ddarllen"],
  agree: ["Agree", "Cytuno"],
  refuse: ["Refuse", "Gwrthod"],
  unproven: [
    "Check with the adviser that this request is theirs: this phone cannot look it up. It is signed by",
    "Gwiriwch gyda'r cynghorydd mai ei gais ef yw hwn: ni all y ffôn hwn chwilio amdano. Llofnodwyd gan",
  ],
  start: ["First day of the month that you plan", "Diwrnod cyntaf y mis yr ydych yn ei gynllunio"],
  finish: ["Its last day", "Ei ddiwrnod olaf"],
  next: ["Next", "Nesaf"],
  enough: ["That is all: commit", "Dyna'r cyfan: ymrwymo"],
  pounds: ["Pounds in this month; leave it empty for nothing", "Punnoedd yn y mis hwn; gadewch yn wag am ddim"],
  income: ["Income", "Incwm"],
  outgoings: ["Outgoings", "Gwariant"],
  balance: ["Left or missing", "Ar ôl neu ar goll"],
  card: ["Save a panic card", "Cadw cerdyn argyfwng"],
  warned: ["Whoever has the card can end all your consents, and nothing else.", "Gall pwy bynnag sydd â'r cerdyn ddod â'ch holl gydsyniadau i ben, a dim byd arall."],
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
  back: ["Back", "Yn ôl"],
  done: ["Done.", "Wedi'i wneud."],
} as const;

export type Word = keyof typeof WORDS;
let language = 0;

export const say = (word: Word): string => WORDS[word][language]!;
export const spoken = (): number => language;

export function speak(chosen: number): void {
  language = chosen;
  document.documentElement.lang = chosen ? "cy" : "en";
}
