/** Where the sealed vault is kept in this browser, by one page at a time. */
import { refuse } from "../core/bytes.js";

const KEPT = "vault";

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("jamjar", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(KEPT);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as Error);
  });
}

/** The vault's file, or null where there is none. */
export async function load(): Promise<string | null> {
  const database = await opened().catch(() => refuse("This browser keeps nothing for this page; leave its private mode, or use another browser."));
  return new Promise((resolve, reject) => {
    const request = database.transaction(KEPT).objectStore(KEPT).get(KEPT);
    request.onsuccess = () => resolve(typeof request.result === "string" ? request.result : null);
    request.onerror = () => reject(request.error as Error);
  });
}

/** Keep the vault's file in place of the one before; it is on the disk, or the one before still is. */
export async function save(file: string): Promise<void> {
  const database = await opened();
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(KEPT, "readwrite", { durability: "strict" });
    transaction.objectStore(KEPT).put(file, KEPT);
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error as Error);
  });
}

/** Take the lock that one page has until it is closed: of two that write, one would lose what the other signed. */
export function alone(): Promise<boolean> {
  if (!("locks" in navigator)) return refuse("This browser cannot keep two pages apart; use a newer one.");
  return new Promise((resolve) => {
    void navigator.locks.request("jamjar", { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => undefined);
    });
  });
}
