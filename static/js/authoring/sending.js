// Requests to the server, and what their answers mean.

// `kind` says why something was not done: "offline" (no connection, or a server that cannot answer now), "signed-out",
// "conflict" or "refused".
export class NotDone extends Error {
  constructor(kind, answer = {}) {
    super(answer.message ?? kind);
    Object.assign(this, { kind, answer });
  }
}

const kindOf = (status) => {
  if ([0, 401, 403].includes(status)) return "signed-out"; // 0: a redirect that was not followed
  if (status === 409) return "conflict";
  return status >= 500 || status === 429 ? "offline" : "refused";
};

const request = (address, options) => fetch(address, { redirect: "manual", ...options }).catch(() => {
  throw new NotDone("offline");
});

export const post = async (address, fields, options = {}) => {
  const headers = { Accept: "application/json" };
  const response = await request(address, { method: "POST", body: fields, headers, ...options });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new NotDone(kindOf(response.status), answer);
};

// The page as it is now, for whoever is signed in now.
export const page = async () => {
  const response = await request(location.pathname);
  if (!response.ok) throw new NotDone(kindOf(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
};

// Sends pictures to the address that a form names; gives { abort, answer }, a promise of the stored picture.
export const pictureSender = (form) => (file, onProgress) => {
  const fields = new FormData();
  fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  fields.set("file", file);
  return sendFile(form.dataset.pictures, fields, onProgress);
};

// An older way of sending, which tells how far it is.
const sendFile = (address, fields, onProgress) => {
  const sending = new XMLHttpRequest();
  const answer = new Promise((resolve, reject) => {
    sending.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total ? loaded / total : 0));
    sending.addEventListener("error", () => reject(new NotDone("offline")));
    sending.addEventListener("load", () => {
      const [status, answered] = [sending.status, sending.response ?? {}];
      if (status === 201) resolve(answered);
      else reject(new NotDone(kindOf(status === 200 ? 0 : status), answered)); // 200: the page to sign in
    });
  });
  sending.open("POST", address);
  sending.responseType = "json";
  sending.setRequestHeader("Accept", "application/json");
  sending.send(fields);
  return { abort: () => sending.abort(), answer };
};
