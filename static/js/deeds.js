// A deed that htmx could not bring home is sent again as an ordinary form, so that the reader sees
// the page that says what is wrong. The UUID in the form makes it one deed, whatever arrived.
const sendAsForm = (event) => {
  const form = event.detail.elt.closest("form");
  const button = event.detail.requestConfig?.triggeringEvent?.submitter;
  if (!form) return;
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.submit();
};

document.addEventListener("htmx:responseError", sendAsForm);
document.addEventListener("htmx:sendError", sendAsForm);
