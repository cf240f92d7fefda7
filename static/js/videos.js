// A video is fetched when its reader presses it, not before: that is when its provider learns of them.
// Until then it says so; without JavaScript it stays a link to the provider's own page.
const VIDEOS = "figure[data-video] > a[data-player]";

const announce = () => {
  for (const [index, link] of document.querySelectorAll(VIDEOS).entries()) {
    if (link.hasAttribute("aria-describedby")) continue;
    const [provider] = link.parentElement.dataset.video.split(":");
    const note = document.querySelector(`template[data-video-note="${provider}"]`).content.firstElementChild.cloneNode(true);
    note.id = `video-note-${index}`;
    link.setAttribute("aria-describedby", note.id);
    link.after(note);
  }
};

const play = (event) => {
  const link = event.target.closest(VIDEOS);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.title = link.textContent;
  frame.allow = "fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // players refuse to play for nobody
  frame.src = link.dataset.player;
  link.nextElementSibling.remove();
  link.replaceWith(frame);
  frame.focus();
};

announce();
document.addEventListener("click", play);
document.addEventListener("htmx:afterSwap", announce);
