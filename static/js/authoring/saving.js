// Save what is typed soon after it is typed, and never write into a field. Until the server has confirmed a text, it is
// kept on this device. One request is under way at a time.
import { NotDone, page, post } from "authoring/sending";
import { fingerprint } from "authoring/sense";
import { word } from "authoring/words";

const PAUSE = 1_200; // milliseconds after the last key
const LONGEST = 10_000; // between two saves while somebody types on
const COPY_AFTER = 500; // also while somebody types on
const RETRIES = [2_000, 5_000, 10_000, 20_000, 30_000];
const MOST_WHILE_LEAVING = 60_000; // bytes that a browser still sends for a page that is gone

const again = (timer, milliseconds, deed) => { clearTimeout(timer); return setTimeout(deed, milliseconds); };

// `read()` gives { title, summary, html }. `onState({ kind, message, errors })` hears "changed", "saved", "offline",
// "signed-out", "refused", "conflict", and "outdated": somebody else saved, and nothing was typed here since.
export const keepSaved = ({ form, read, copies, onState }) => {
  const base = form.elements.base;
  const unsure = new Set(); // fingerprints of texts that were sent and not answered
  let [changed, since, sending, stopped, failures, safe] = [false, 0, null, "", 0, true];
  let [saveTimer, copyTimer] = [0, 0];

  const copy = () => ({ ...read(), base: Number(base.value), at: Date.now(), sent: [...unsure] });
  const keepCopy = () => {
    clearTimeout(copyTimer);
    copyTimer = 0;
    if (changed) safe = copies.keep(copy());
  };
  const fields = (text) => {
    const own = { base: base.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    return new URLSearchParams({ ...text, ...own });
  };

  const confirm = (text, { version, message }) => {
    [base.value, failures] = [version, 0];
    unsure.clear();
    const now = read();
    changed = Object.keys(text).some((name) => now[name] !== text[name]);
    if (changed) keepCopy();
    else copies.drop();
    onState({ kind: "saved", message });
  };

  const stop = (message) => {
    stopped = message;
    keepCopy();
    onState({ kind: changed ? "conflict" : "outdated", message });
  };

  const fail = (error) => {
    if (!(error instanceof NotDone)) throw error;
    const { kind, answer } = error;
    if (kind === "conflict") return stop(answer.message);
    keepCopy();
    if (kind === "refused") unsure.clear();
    else saveTimer = again(saveTimer, RETRIES[Math.min(failures++, RETRIES.length - 1)], save);
    const ours = word(!safe ? "unsafe" : answer.message ? "kept" : kind);
    const message = kind === "offline" && answer.message ? `${answer.message} ${ours}` : answer.message ?? ours;
    onState({ kind, message, errors: answer.errors });
  };

  const attempt = async (options) => {
    const text = read();
    since = 0;
    unsure.add(fingerprint(text));
    keepCopy();
    try {
      confirm(text, await post(form.action, fields(text), options));
    } catch (error) {
      const { stored, version } = error.answer ?? {};
      if (error.kind !== "conflict" || !stored || !unsure.has(fingerprint(stored))) throw error;
      base.value = version; // what stands there is what we sent before; only the answer never came
      await attempt(options);
    }
  };

  // Signed in again, perhaps in another tab: the page of now has the token that belongs to it.
  const renewToken = async () => {
    const fresh = (await page()).querySelector("form[data-topic]");
    if (!fresh) throw new NotDone("signed-out");
    if (fresh.dataset.owner !== form.dataset.owner) throw new NotDone("signed-out", { message: word("somebodyElse") });
    form.elements.csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value;
  };

  const save = (options = {}) => {
    clearTimeout(saveTimer);
    if (sending || stopped || !changed) return sending;
    const ready = failures ? renewToken() : Promise.resolve();
    sending = ready.then(() => attempt(options)).catch(fail).finally(() => {
      sending = null;
      if (changed && !stopped && !failures) saveSoon();
    });
    return sending;
  };

  const saveSoon = () => {
    since ||= Date.now();
    const wait = Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now()));
    if (!failures && !stopped) saveTimer = again(saveTimer, wait, save);
  };

  const change = () => {
    const first = !changed;
    changed = true;
    copyTimer ||= setTimeout(keepCopy, COPY_AFTER);
    if (first && stopped) stop(stopped);
    else if (first && !failures) onState({ kind: "changed", message: word("changed") });
    saveSoon();
  };

  // Whether everything is saved, after trying to.
  const settle = async () => {
    await sending;
    await save();
    return !changed;
  };

  const leave = () => {
    keepCopy();
    if (changed && !failures) save({ keepalive: String(fields(read())).length < MOST_WHILE_LEAVING });
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : failures && save()));
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", () => failures && save());
  window.addEventListener("beforeunload", (event) => { if (changed && !safe && !stopped) event.preventDefault(); });

  return { change, save, settle, stop, copy, isChanged: () => changed, isIdle: () => !sending && !stopped };
};
