// Say every few seconds that the topic is open here, and hear who else has it open and whether it was changed.
import { announce } from "authoring/announce";
import { post } from "authoring/sending";

const EVERY = 15_000; // milliseconds

export const tellPresence = ({ form, notice, saving }) => {
  const { base, csrfmiddlewaretoken } = form.elements;

  const show = (sentence) => {
    if (notice.textContent === sentence) return;
    notice.textContent = sentence;
    notice.hidden = !sentence;
    if (sentence) announce(sentence);
  };

  const tell = async () => {
    if (document.hidden) return;
    const before = saving.isIdle() ? base.value : null;
    const fields = new URLSearchParams({ csrfmiddlewaretoken: csrfmiddlewaretoken.value });
    const answer = await post(form.dataset.presence, fields).catch(() => null);
    if (!answer) return; // saving tells what is wrong
    show(answer.notice);
    const nothingSavedMeanwhile = saving.isIdle() && base.value === before;
    if (nothingSavedMeanwhile && answer.version > Number(before)) saving.stop(answer.message);
  };

  tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
};
