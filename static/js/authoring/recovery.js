// What was typed on another visit and never reached the server is offered, with a look at it.
import { fromTemplate } from "authoring/figures";
import { fingerprint } from "authoring/sense";

const asText = ({ title, summary, html }) => {
  const { body } = new DOMParser().parseFromString(html.replaceAll("</", "\n</"), "text/html");
  return [title, summary, body.textContent].join("\n\n").replace(/\n{3,}/g, "\n\n").trim();
};
const asDate = (at) => {
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  return new Date(at).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
};

// `stored` is the text that the page came with, at version `base`; `restore(copy)` puts a copy on the page.
// `merged`: both texts were just chosen from, so that copies of before are dealt with.
export const offerCopies = ({ place, copies, stored, base, restore, merged = false }) => {
  const known = fingerprint(stored);
  const isNoNews = (copy) => fingerprint(copy) === known || (merged && copy.base < base);

  const offer = ([copy, ...others]) => {
    if (!copy) return;
    const done = () => { copies.drop(copy.key); offer(others); };
    if (isNoNews(copy)) return done();
    const box = fromTemplate("left-copy");
    box.querySelector("time").textContent = asDate(copy.at);
    box.querySelector("pre").textContent = asText(copy);
    box.querySelector("[data-discard]").addEventListener("click", () => { box.remove(); done(); });
    box.querySelector("[data-restore]").addEventListener("click", () => {
      const isOverStored = copy.sent?.includes(known); // what stands there is what was sent just before
      restore(isOverStored ? { ...copy, base } : copy);
      box.remove();
      done();
    });
    place.append(box);
  };
  offer(copies.left());
};
