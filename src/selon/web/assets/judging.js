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
  // Nobody signs yet, or something is wrong: the page that the form leads to says what.
  const leave = (form, deed) => {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "deed", value: deed });
    form.append(hidden);
    form.submit();
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
    leave(form, deed);
  });

  // Who speaks, and all that is corrected in a card: the same, by the card's own forms.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const card = form.closest?.(".card");
    if (!card || !form.matches(".who-form, .correct")) return;
    event.preventDefault();
    const deed = event.submitter?.value || "fields";
    const answer = await send(form, deed).catch(() => null);
    if (!answer?.ok) return leave(form, deed);
    const told = await answer.json();
    form.querySelector("[role=alert]")?.remove();
    if (!told.uid) {
      const err = document.createElement("p");
      err.className = told.error ? "err" : "hint";
      err.setAttribute("role", "alert");
      err.textContent = told.error || told.words;
      form.append(err);
      return;
    }
    judged(card, document.querySelector("#judge"), told, "correct").focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("judged", { detail: card }));
  });
  // The form is asked for when it is opened; a document that a request brings runs nothing.
  document.addEventListener("toggle", (event) => {
    const fix = event.target;
    const link = fix.matches?.(".fix[open]") && fix.querySelector("a[href^='/review/']");
    if (!link || fix.dataset.asked) return;
    fix.dataset.asked = "yes";
    const ask = new XMLHttpRequest();
    ask.responseType = "document";
    ask.open("GET", link.href);
    ask.addEventListener("load", () => {
      const made = ask.response?.getElementById("fields");
      if (!made) return;
      const form = document.importNode(made, true);
      const number = form.getAttribute("action").split("/").pop();
      // Several may be open: each name is this card's own.
      for (const one of [form, ...form.querySelectorAll("[id]")]) one.id = `${one.id}-${number}`;
      for (const [name, many] of [["for", "[for]"], ["list", "[list]"], ["aria-describedby", "[aria-describedby]"]])
        for (const one of form.querySelectorAll(many)) one.setAttribute(name, `${one.getAttribute(name)}-${number}`);
      link.closest("p").replaceWith(form);
      form.querySelector("input:not([type=hidden])").focus({ preventScroll: true });
    });
    ask.send();
  }, true);
  // A former judgement is taken back where it stands: the page comes again at the same height.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".laid button[value^=undo]");
    if (!button?.form || event.defaultPrevented) return;
    event.preventDefault();
    const answer = await send(button.form, button.value).catch(() => null);
    if (answer?.ok) location.reload();
    else leave(button.form, button.value);
  });
  return { send };
})();
