// Questions to the server. Each answers with its JSON, or throws a `Problem` that says in both
// languages what is wrong; what changes something carries the session's CSRF word, and what follows
// a step of a person says so.

import { steps } from "./steps.js";

const SESSION = "/api/v1/session";
let csrf = "";
let toLogin = () => {};

/** Do this when the server says of whatever is asked that nobody is logged in. */
export const onLoggedOut = (callback) => {
  toLogin = callback;
};

/** Remember the word that `POST /api/v1/session` and the snapshot hand out. */
export const holdCsrf = (word) => {
  csrf = word ?? "";
};

/** What the server refused, or that it could not be asked (`status` 0). */
export class Problem extends Error {
  /** `body` is the problem document (RFC 9457); `retryAfter` are seconds, or null. */
  constructor(status, body, retryAfter = null) {
    super(body.detail ?? body.title ?? String(status));
    this.status = status;
    this.reason = body.reason ?? "";
    this.text = body.text ?? null;
    this.detail = body.detail ?? body.title ?? "";
    this.field = body.field ?? "";
    this.fields = body.errors ?? [];
    this.oidc = body.oidc ? (body.oidc_title ?? "") : null;
    this.retryAfter = retryAfter;
  }
}

const offline = {
  reason: "unreachable",
  text: {
    id: "Server tidak dapat dihubungi. Tidak dikirim.",
    en: "The server cannot be reached. Not sent.",
  },
};

const unanswered = {
  reason: "unanswered",
  text: {
    id: "Server tidak menjawab; tidak pasti sampai. Kirim lagi: yang sama dihitung sekali.",
    en: "The server does not answer; it may have it. Send it again: the same counts once.",
  },
};

const jsonOf = async (response) => {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { title: text.slice(0, 200) };
  }
};

/**
 * Ask, and give the JSON of the answer; `null` of an answer without a body. `timeoutMs`: what has
 * no answer by then is given up, as of a room that hangs.
 */
export const ask = async (method, path, body, { keepalive = false, timeoutMs = 0 } = {}) => {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-Siaga-Csrf"] = csrf;
  if (steps.tell(performance.now())) headers["X-Siaga-Step"] = "1";
  const word = csrf;
  const waiting = new AbortController();
  const timer = timeoutMs && setTimeout(() => waiting.abort(), timeoutMs);
  let response;
  let found;
  try {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const options = { credentials: "same-origin", keepalive, signal: waiting.signal };
    response = await fetch(path, { method, headers, body: sent, ...options });
    found = response.status === 204 ? null : await jsonOf(response);
  } catch {
    throw new Problem(0, waiting.signal.aborted ? unanswered : offline);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return found;
  // A wrong password is said at the form; what an earlier session asked says nothing of this one.
  const isLogin = method === "POST" && path === SESSION;
  if (response.status === 401 && !isLogin && word === csrf) toLogin();
  const wait = Number(response.headers.get("Retry-After"));
  throw new Problem(response.status, found, Number.isFinite(wait) && wait > 0 ? wait : null);
};

/** `get("/api/v1/alerts", { state: "resolved" })`; empty values are left out. */
export const get = (path, query = {}) => {
  const filled = Object.entries(query).filter(([, value]) => value !== "" && value != null);
  const search = new URLSearchParams(filled).toString();
  return ask("GET", search ? `${path}?${search}` : path);
};

/** `keepalive`: it goes on when the page is left; browsers let 64 KiB do so at once, no more. */
export const post = (path, body = {}, options = {}) => ask("POST", path, body, options);
/** Who is logged in. */
export const askSession = () => ask("GET", SESSION);

export const remove = (path) => ask("DELETE", path);
