// Logging in: name and password, or the house's own identity provider where there is one.

import { holdCsrf, post, remove } from "./api.js";
import { Logo } from "./glyphs.js";
import { enter, go, language, onLogout, problemText } from "./store.js";
import { say, sendHeld, switchLanguage, t } from "./store.js";
import { leave } from "./tabs.js";
import { html, signal, useEffect, useRef, useState } from "./ui.js";

/** Whether the session has ended by itself; who has logged out knows it. */
const isOver = signal(false);
onLogout(() => (isOver.value = true));

const HELD_MS = 3_000;

/** End the session on the server and here; what is held goes first, while it is still taken. */
export const logOut = async () => {
  await Promise.race([sendHeld(), new Promise((done) => setTimeout(done, HELD_MS))]);
  await remove("/api/v1/session").catch(() => {});
  leave();
  isOver.value = false;
  go("/");
};

const saidOf = (problem) => {
  if (problem.status === 429) return t("login.locked", { seconds: problem.retryAfter ?? 60 });
  if (problem.status === 401) return t("login.wrong");
  return say(problemText(problem));
};

/** The form. `oidc` is how the identity provider is called; null: there is none. */
export const Login = ({ oidc = null }) => {
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const form = useRef(null);
  useEffect(() => form.current?.elements.user.focus(), []);
  const tryIn = async (event) => {
    event.preventDefault();
    const { user, password } = event.target.elements;
    setBusy(true);
    try {
      const given = await post("/api/v1/session", { user: user.value, password: password.value });
      holdCsrf(given.csrf);
      enter(given);
      isOver.value = false;
    } catch (problem) {
      setSaid(saidOf(problem));
      password.value = "";
      password.focus();
    } finally {
      setBusy(false);
    }
  };
  return html`<main class="login" id="main">
    <form ref=${form} onSubmit=${tryIn}>
      <h1><${Logo} />Siaga</h1>
      <p class="m">${t("login.lead")}</p>
      <label>${t("login.user")}
        <input name="user" autocomplete="username" autocapitalize="none" spellcheck=${false}
          required />
      </label>
      <label>${t("login.password")}
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
      <p class="said" role="alert">${said || (isOver.value && t("login.over"))}</p>
      <button class="btn solid" disabled=${isBusy}>${t(isBusy ? "login.busy" : "login.enter")}
      </button>
      ${
        oidc !== null &&
        html`<a class="btn" href="/api/v1/oidc/start">${t("login.oidc", { title: oidc })}</a>`
      }
      <button type="button" class="tb" onClick=${switchLanguage} lang=${language.value === "id"
        ? "en" : "id"}>
        ${language.value === "id" ? "English" : "Bahasa Indonesia"}
      </button>
    </form>
  </main>`;
};
