// Say something to who cannot see that it changed; the same thing is not said twice in a row.
const heard = document.querySelector("[data-heard]");

export const announce = (sentence) => { if (heard.textContent !== sentence) heard.textContent = sentence; };
