"use strict";
// A judgement made where one reads: sent, told in its place, undone in its place. Without script,
// the same buttons send the same form.
const judging = (() => {
  const token = document.querySelector('meta[name="selon-token"]').content;
  const send = async (form, deed) => {
    const body = new URLSearchParams({ ...Object.fromEntries(new FormData(form)), deed });
    return fetch(form.getAttribute("action"), { method: "POST", headers: { accept: "application/json", "x-selon-token": token }, body });
  };
  const undoing = document.querySelector("[data-undo]")?.dataset.undo || "×";
  const judged = (card, form, told, deed) => {
    const line = document.createElement("p");
    line.className = "verdict-line small";
    line.setAttribute("role", "status");
    const back = document.createElement("button");
    back.type = "button";
    back.className = "act undo";
    back.textContent = undoing;
    line.append(`${told.words} `, back);
    card.dataset.state = deed;
    card.classList.add("judged");
    const acts = card.querySelector(".acts");
    acts.hidden = true;
    card.append(line);
    back.addEventListener("click", async () => {
      const answer = await send(form, `undo ${told.uid}`);
      if (!answer.ok) return location.reload();
      line.remove();
      acts.hidden = false;
      delete card.dataset.state;
      card.classList.remove("judged");
      acts.querySelector("button")?.focus({ preventScroll: true });
    });
    return back;
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".card .acts button[name=deed]");
    if (!button || !button.form) return;
    event.preventDefault();
    const [form, deed, card] = [button.form, button.value, button.closest(".card")];
    const answer = await send(form, deed).catch(() => null);
    if (answer?.ok) {
      const told = await answer.json();
      judged(card, form, told, deed.split(" ")[0]).focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("judged", { detail: card }));
      return;
    }
    // Nobody signs yet, or something is wrong: the page that the form leads to says what.
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "deed", value: deed });
    form.append(hidden);
    form.submit();
  });
  return { send };
})();
