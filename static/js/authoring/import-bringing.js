// Bringing a text. What is pasted keeps its structure, in a hidden field beside the words; once the words are
// changed by hand, only they count. Files can be dropped. Without this script the words are pasted bare.
const text = document.querySelector("[data-paste]");
const form = text.form;
const html = form.elements.html;
const told = form.querySelector("[data-paste-told]");
const LARGEST = 8_000_000;

const words = (value) => value.replace(/\s+/g, " ").trim();
let pasted = html.value ? [{ words: text.value, html: html.value }] : [];

text.addEventListener("paste", (event) => {
  const rich = event.clipboardData.getData("text/html");
  const [before, behind] = [text.value.slice(0, text.selectionStart), text.value.slice(text.selectionEnd)];
  const kept = words(before + behind) === words(pasted.map((paste) => paste.words).join(" "));
  if (!kept || words(behind)) pasted = [];
  if ((kept && !words(behind)) || !words(before + behind)) pasted.push({ words: event.clipboardData.getData("text/plain"), html: rich });
});

text.addEventListener("input", () => {
  const whole = pasted.length && pasted.every((paste) => paste.html);
  const untouched = whole && words(text.value) === words(pasted.map((paste) => paste.words).join(" "));
  const together = pasted.map((paste) => paste.html).join("\n");
  const had = html.value;
  html.value = untouched && together.length < LARGEST ? together : "";
  told.textContent = html.value ? told.dataset.kept : had || (told.textContent && words(text.value)) ? told.dataset.plain : "";
});

// Files

const place = form.querySelector("[data-drop]");
const files = form.elements.files;
const holdsFiles = (event) => [...event.dataTransfer.types].includes("Files");

place.classList.add("drop");
place.append(Object.assign(document.createElement("p"), { className: "soft drop-hint", textContent: place.dataset.dropHere, ariaHidden: "true" }));

form.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  place.classList.add("drop-over");
});
form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) place.classList.remove("drop-over"); });
form.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  place.classList.remove("drop-over");
  files.files = event.dataTransfer.files;
  files.focus();
});
