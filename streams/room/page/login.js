// Logging in: name and password, or the house's own identity provider where there is one.

import { holdCsrf, post, remove } from "./api.js";
import { Logo } from "./glyphs.js";
import { forgetSnapshot } from "./memory.js";
import { go, language, problemText, say, session, switchLanguage, t } from "./store.js";
import { stopStream } from "./stream.js";
import { html, useEffect, useRef, useState } from "./ui.js";

/** End the session here and on the server; the kept snapshot goes too. */
export const logOut = async () => {
  stopStream();
  await remove("/api/v1/session").catch(() => {});
  await forgetSnapshot();
  holdCsrf("");
  session.value = null;
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
  const enter = async (event) => {
    event.preventDefault();
    const { user, password } = event.target.elements;
    setBusy(true);
    try {
      const given = await post("/api/v1/session", { user: user.value, password: password.value });
      holdCsrf(given.csrf);
      session.value = given;
    } catch (problem) {
      setSaid(saidOf(problem));
      password.value = "";
      password.focus();
    } finally {
      setBusy(false);
    }
  };
  return html`<main class="login" id="main">
    <form ref=${form} onSubmit=${enter}>
      <h1><${Logo} />Siaga</h1>
      <p class="m">${t("login.lead")}</p>
      <label>${t("login.user")}
        <input name="user" autocomplete="username" autocapitalize="none" spellcheck=${false}
          required />
      </label>
      <label>${t("login.password")}
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
      <p class="said" role="alert">${said}</p>
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
