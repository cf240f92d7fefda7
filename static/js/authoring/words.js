// The words of the page, in the language of its reader; "%s" stands for what is filled in.
const words = JSON.parse(document.getElementById("editor-words").textContent);

export const word = (name, ...filled) => filled.reduce((text, value) => text.replace("%s", () => value), words[name]);

// Why something was not done, as the server says it or else in our words.
export const reason = ({ kind, answer }) => answer.message ?? word(kind);
