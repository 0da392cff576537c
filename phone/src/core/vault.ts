/** The vault: sealed records and their manifest, byte for byte those of the Python vault, as one text. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { expand } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { argon2id } from "hash-wasm";
import { big, concat, equal, fromBase64, fromHex, fromUtf8, InvalidInput, number, refuse, toBase64, toHex, utf8 } from "./bytes.js";
import { dumps, fields, items, loads, whole, type Fields } from "./json.js";
import { newPassphrase, passphraseBytes } from "./unicode.js";

export const VAULT = "jamjar.vault.1";
export const FILE = "jamjar.vault-file.1";
export interface Cost {
  memory_kib: number;
  passes: number;
  lanes: number;
}
export const DEFAULT_COST: Cost = { memory_kib: 131072, passes: 3, lanes: 4 };
export interface Kept {
  kind: string;
  name: string;
  value: Uint8Array;
}
interface Row {
  seq: number;
  shelf: Uint8Array;
  place: Uint8Array;
  sealed: Uint8Array;
}
export type Random = (size: number) => Uint8Array;

const damaged = (): never => refuse("The vault is damaged, or the file is no vault's; import a copy.");
const MODULUS = 1n << 256n;

export function keyFrom(passphrase: Uint8Array, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  const { memory_kib: memorySize, passes: iterations, lanes: parallelism } = cost;
  return argon2id({ password: passphrase, salt, iterations, parallelism, memorySize, hashLength: 32, outputType: "binary" });
}

class Keys {
  private readonly of: Record<"names" | "digests" | "records" | "manifest", Uint8Array>;
  constructor(private readonly vaultId: Uint8Array, dataKey: Uint8Array) {
    const derived = (label: string) => expand(sha256, dataKey, concat(utf8(`${VAULT}/${label}`), vaultId), 32);
    this.of = { names: derived("names"), digests: derived("digests"), records: derived("records"), manifest: derived("manifest") };
  }
  private hash(data: Uint8Array, key: Uint8Array, person: string, dkLen: number): Uint8Array {
    const personalization = concat(utf8(person), new Uint8Array(16 - person.length));
    return blake2b(data, { key, personalization, dkLen });
  }
  shelf = (kind: string): Uint8Array => this.hash(sized(kind), this.of.names, "shelf", 16);
  place = (kind: string, name: string): Uint8Array => this.hash(concat(sized(kind), sized(name)), this.of.names, "place", 32);
  private bound = ({ seq, shelf, place }: Omit<Row, "sealed">) => concat(utf8(`${VAULT}/record`), this.vaultId, big(seq, 8), shelf, place);
  seal(seq: number, { kind, name, value }: Kept, random: Random): Row {
    const row = { seq, shelf: this.shelf(kind), place: this.place(kind, name) };
    const plain = concat(sized(kind), sized(name), big(value.length, 4), value);
    const padded = new Uint8Array(Math.max(256, 2 ** Math.ceil(Math.log2(plain.length))));
    padded.set(plain);
    return { ...row, sealed: this.encrypt(this.of.records, padded, this.bound(row), random) };
  }
  open(row: Row): Kept {
    const plain = this.decrypt(this.of.records, row.sealed, this.bound(row));
    let at = 0;
    const next = (size: number) => {
      const end = at + size + Number(number(plain.slice(at, at + size)));
      const part = plain.slice(at + size, end);
      at = end;
      return part;
    };
    return { kind: fromUtf8(next(2), "A record"), name: fromUtf8(next(2), "A record"), value: next(4) };
  }
  digest = (row: Row): bigint => number(this.hash(concat(big(row.seq, 8), row.shelf, row.place, row.sealed), this.of.digests, "row", 32));
  sealManifest = (plain: Uint8Array, random: Random) => this.encrypt(this.of.manifest, plain, this.listed(), random);
  openManifest = (sealed: Uint8Array) => this.decrypt(this.of.manifest, sealed, this.listed());
  private listed = () => concat(utf8(`${VAULT}/manifest`), this.vaultId);
  private encrypt(key: Uint8Array, plain: Uint8Array, bound: Uint8Array, random: Random): Uint8Array {
    const nonce = random(12);
    return concat(nonce, chacha20poly1305(key, nonce, bound).encrypt(plain));
  }
  private decrypt(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Uint8Array {
    try {
      return chacha20poly1305(key, sealed.slice(0, 12), bound).decrypt(sealed.slice(12));
    } catch {
      return damaged();
    }
  }
}

function sized(text: string): Uint8Array {
  const data = utf8(text);
  if (!data.length || data.length > 1024) return refuse("The kind or the name is not 1 to 1024 bytes; choose within that.");
  return concat(big(data.length, 2), data);
}

/** An open vault. Every change is in memory until `toText` is kept. */
export class Vault {
  private readonly keys: Keys;
  private constructor(
    private readonly header: string,
    vaultId: Uint8Array,
    dataKey: Uint8Array,
    private readonly random: Random,
    private readonly rows = new Map<string, Row>(),
    private nextSeq = 1,
  ) {
    this.keys = new Keys(vaultId, dataKey);
  }

  static async create(passphrase: string, random: Random, cost: Cost = DEFAULT_COST): Promise<Vault> {
    const [chosen, dataKey, vaultId] = [newPassphrase(passphrase), random(32), random(16)];
    const [salt, nonce] = [random(16), random(12)];
    const bound = { format: VAULT, vault: toHex(vaultId), kdf: "argon2id", cost: { ...cost }, salt: toHex(salt) };
    const key = await keyFrom(chosen, salt, cost);
    const wrapped = toHex(concat(nonce, chacha20poly1305(key, nonce, utf8(dumps(bound))).encrypt(dataKey)));
    return new Vault(dumps({ ...bound, wrapped }), vaultId, dataKey, random);
  }

  /** Open a vault's file; every row is compared with the manifest. */
  static async open(file: string, passphrase: string, random: Random): Promise<Vault> {
    const found = part(() => fields(loads(file, "The file", 2 ** 28), "The file", "format", "header", "checksum", "manifest", "rows"));
    const [header, checksum] = [part(() => fromBase64(found.header)), part(() => fromBase64(found.checksum))];
    if (found.format !== FILE || !equal(sha256(header), checksum)) return damaged();
    const text = part(() => fromUtf8(header, "The header"));
    const names = ["format", "vault", "kdf", "cost", "salt", "wrapped"];
    const { wrapped, ...bound } = part(() => fields(loads(text, "The header"), "The header", ...names));
    const cost = part(() => costOf(fields(bound.cost, "The cost", "memory_kib", "passes", "lanes")));
    const [vaultId, salt, sealed] = part(() => [fromHex(bound.vault, 16), fromHex(bound.salt, 16), fromHex(wrapped, 60)]);
    if (bound.format !== VAULT || bound.kdf !== "argon2id" || dumps({ ...bound, wrapped: wrapped! }) !== text) return damaged();
    const key = await keyFrom(passphraseBytes(passphrase), salt!, cost);
    let dataKey: Uint8Array;
    try {
      dataKey = chacha20poly1305(key, sealed!.slice(0, 12), utf8(dumps(bound))).decrypt(sealed!.slice(12));
    } catch {
      return refuse("This passphrase does not open the vault; type it again.");
    }
    const rows = part(() => items(found.rows, "The rows").map(rowOf));
    const byPlace = new Map(rows.map((row) => [toHex(row.place), row]));
    const vault = new Vault(text, vaultId!, dataKey, random, byPlace);
    const manifest = vault.keys.openManifest(part(() => fromBase64(found.manifest)));
    vault.nextSeq = Number(number(manifest.slice(8, 16)));
    const inOrder = rows.every((row, i) => !i || rows[i - 1]!.seq < row.seq) && byPlace.size === rows.length;
    if (!inOrder || !equal(vault.manifest(), manifest)) return damaged();
    return vault;
  }

  private manifest(): Uint8Array {
    const total = [...this.rows.values()].reduce((sum, row) => (sum + this.keys.digest(row)) % MODULUS, 0n);
    return concat(big(this.rows.size, 8), big(this.nextSeq, 8), big(total));
  }

  get(kind: string, name: string): Uint8Array | null {
    const row = this.rows.get(toHex(this.keys.place(kind, name)));
    return row ? this.keys.open(row).value : null;
  }

  /** The records of a kind, or all, in the order in which they were first put. */
  all(kind?: string): Kept[] {
    const shelf = kind === undefined ? null : this.keys.shelf(kind);
    const rows = [...this.rows.values()].sort((a, b) => a.seq - b.seq);
    return rows.filter((row) => !shelf || equal(row.shelf, shelf)).map((row) => this.keys.open(row));
  }

  put(kind: string, name: string, value: Uint8Array): void {
    const place = toHex(this.keys.place(kind, name));
    const seq = this.rows.get(place)?.seq ?? this.nextSeq++;
    this.rows.set(place, this.keys.seal(seq, { kind, name, value }, this.random));
  }

  delete(kind: string, name: string): boolean {
    return this.rows.delete(toHex(this.keys.place(kind, name)));
  }

  /** Everything as the text that IndexedDB keeps, and that `jamjar wallet restore` reads. */
  toText(): string {
    const header = utf8(this.header);
    const rows = [...this.rows.values()].sort((a, b) => a.seq - b.seq);
    return dumps({
      format: FILE,
      header: toBase64(header),
      checksum: toBase64(sha256(header)),
      manifest: toBase64(this.keys.sealManifest(this.manifest(), this.random)),
      rows: rows.map(({ seq, shelf, place, sealed }) => [seq, ...[shelf, place, sealed].map(toBase64)]),
    });
  }
}

function costOf(found: Fields): Cost {
  const lanes = whole(found.lanes, "The lanes", 1, 16);
  return { lanes, passes: whole(found.passes, "The passes", 1, 10), memory_kib: whole(found.memory_kib, "The memory", 8 * lanes, 2 ** 20) };
}

function rowOf(value: unknown): Row {
  if (!Array.isArray(value) || value.length !== 4) return damaged();
  const [shelf, place, sealed] = value.slice(1).map((each) => fromBase64(each)) as [Uint8Array, Uint8Array, Uint8Array];
  if (shelf.length !== 16 || place.length !== 32) return damaged();
  return { seq: whole(value[0], "The number", 1, Number.MAX_SAFE_INTEGER), shelf, place, sealed };
}

/** Run a step of reading, whose every refusal means that the vault is damaged. */
function part<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof InvalidInput) return damaged();
    throw error;
  }
}
