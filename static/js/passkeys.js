// Passkeys: what the server asks goes to the browser's own dialogue, and its answer goes back with the form.
// A form with data-passkey is hidden until this module knows that the browser can do it.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const encode = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (credentials = []) => credentials.map((one) => ({ ...one, id: decode(one.id) }));

async function make({ publicKey }) {
  const passkey = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: passkey,
    },
  });
}

async function prove({ publicKey }) {
  return navigator.credentials.get({
    publicKey: { ...publicKey, challenge: decode(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) },
  });
}

function asText({ id, type, rawId, response, ...credential }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answer = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, encode(response[part])]));
  return JSON.stringify({ id, type, rawId: encode(rawId), response: answer, clientExtensionResults: credential.extensions });
}

async function asked(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options;
}

async function fill(form) {
  const options = await asked(form);
  const credential = await (form.dataset.passkey === "add" ? make : prove)(options);
  form.elements.credential.value = asText({
    id: credential.id,
    type: credential.type,
    rawId: credential.rawId,
    response: credential.response,
    extensions: credential.getClientExtensionResults(),
  });
  form.submit();
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  const canDoIt = Boolean(window.PublicKeyCredential);
  form.hidden = !canDoIt && form.dataset.passkey !== "add";
  failed.hidden = canDoIt || form.hidden;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      await fill(form);
    } catch {
      failed.hidden = false; // cancelled, or nothing that fits: the browser has said more than we know
    }
  });
}
