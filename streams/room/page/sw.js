// The page for when there is no server to load it from; before this stand `VERSION` and `FILES`, by
// which the room says what belongs together (streams/room/assets.py).
//
// All files of a version are fetched when this worker is installed, or none of them. A page that
// the server answers is the server's alone: its files never come from here. Only where the server
// does not answer, the kept page does, and asks for its files under `/page/@VERSION/`, which come
// from here alone: a kept page has files of one version. A page that the server answered takes each
// when it first needs it, and says so once the room has become another (`banners.js`). The
// interface (`/api/`) is never kept.

/* global FILES, VERSION */

const NAME = `siaga.${VERSION}`;
const SHELL = "index.html";
const KEPT = 2; // Versions: a page of the one before may still be open.
const WAIT_MS = 10_000;
const addressOf = (name) => `/page/@${VERSION}/${name}`;

const fetched = async ([name, tag]) => {
  const response = await fetch(name === SHELL ? "/" : `/page/${name}`, { cache: "no-cache" });
  // A proxy that compresses puts `W/` before it, or a word behind what the quotes enclose.
  const isTold = response.headers.get("ETag")?.includes(tag.slice(1, -1));
  if (!isTold) throw new Error(`${name} is of another version`);
  const here = `="${addressOf("")}`;
  const text = name === SHELL && (await response.text()).replaceAll('="/page/', here);
  // Made anew it is no longer of the address that it was fetched from, nor is what it imports.
  return [name, new Response(text || (await response.blob()), { headers: response.headers })];
};

const install = async () => {
  const files = await Promise.all(Object.entries(FILES).map(fetched));
  const cache = await caches.open(NAME);
  for (const [name, response] of files) await cache.put(addressOf(name), response);
  await self.skipWaiting();
};

const activate = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("siaga."));
  for (const name of names.slice(0, -KEPT)) await caches.delete(name);
  await self.clients.claim();
};

/** The server's page; the kept one where it does not answer, or a proxy says so for it. */
const shell = async (request) => {
  const kept = await caches.match(addressOf(SHELL));
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(WAIT_MS) });
    return response.status > 500 && kept ? kept : response;
  } catch {
    return kept ?? Response.error();
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (!/^\/(?:api|page|healthz|readyz)\b/.test(pathname)) event.respondWith(shell(event.request));
  } else if (pathname.startsWith("/page/@")) {
    const found = caches.match(event.request, { ignoreSearch: true });
    event.respondWith(found.then((kept) => kept ?? Response.error()));
  }
});
