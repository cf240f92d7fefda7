// Tell the server that this topic was opened: once a person sees the page, never when a browser
// fetches it ahead. Without JavaScript the buttons do it.
const form = document.querySelector("#opening");

const tell = () => fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});

const whenSeen = () => {
  if (document.visibilityState === "visible") tell();
  else document.addEventListener("visibilitychange", whenSeen, { once: true });
};

if (document.prerendering) document.addEventListener("prerenderingchange", whenSeen, { once: true });
else whenSeen();
window.addEventListener("pageshow", (event) => { if (event.persisted) whenSeen(); });
