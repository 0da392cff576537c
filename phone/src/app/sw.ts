/** Keeps the page's files, so that it opens without a server. It protects nobody from a server that changes them. */
declare const FILES: string[];
declare const VERSION: string;
interface Lifetime extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Lifetime {
  request: globalThis.Request;
  respondWith(answer: Promise<Response>): void;
}

addEventListener("install", (event) => (event as Lifetime).waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES))));
addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))));
  (event as Lifetime).waitUntil(old);
});
addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  (event as Fetching).respondWith(caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request)));
});
