// Questions to the server. Each answers with its JSON, or throws a `Problem` that says in both
// languages what is wrong; what changes something carries the session's CSRF word.

let csrf = "";

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

const jsonOf = async (response) => {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { title: text.slice(0, 200) };
  }
};

/** Ask, and give the JSON of the answer; `null` of an answer without a body. */
export const ask = async (method, path, body) => {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-Siaga-Csrf"] = csrf;
  let response;
  try {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    response = await fetch(path, { method, headers, body: sent, credentials: "same-origin" });
  } catch {
    throw new Problem(0, offline);
  }
  if (response.status === 204) return null;
  const found = await jsonOf(response);
  if (response.ok) return found;
  const wait = Number(response.headers.get("Retry-After"));
  throw new Problem(response.status, found, Number.isFinite(wait) && wait > 0 ? wait : null);
};

/** `get("/api/v1/alerts", { state: "resolved" })`; empty values are left out. */
export const get = (path, query = {}) => {
  const filled = Object.entries(query).filter(([, value]) => value !== "" && value != null);
  const search = new URLSearchParams(filled).toString();
  return ask("GET", search ? `${path}?${search}` : path);
};

export const post = (path, body = {}) => ask("POST", path, body);
export const remove = (path) => ask("DELETE", path);
