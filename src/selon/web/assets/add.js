"use strict";
// Files dropped and sent; the jobs' progress, asked for while there is any.
(() => {
  const form = document.querySelector(".send");
  const drop = document.querySelector(".drop");
  const files = document.querySelector("#files");
  const sent = document.querySelector("#sent");
  const list = document.querySelector(".jobs");
  const words = { ...form?.dataset, ...list?.dataset };
  if (!form) return;
  drop.querySelector("[data-drop]").hidden = false;
  // The button is the label, in the page’s language; what was chosen is told below it.
  drop.querySelector(".choose").classList.add("own");

  const large = () => [...files.files].reduce((sum, file) => sum + file.size, 0) > Number(words.max) * 1e6;
  const chosen = () => {
    files.setCustomValidity(large() ? words.large : "");
    sent.textContent = large() ? words.large : [...files.files].slice(0, 8).map((file) => file.name).join(", ");
  };
  files.addEventListener("change", chosen);
  for (const kind of ["dragover", "dragenter"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
    chosen();
  });
  form.addEventListener("submit", () => {
    form.querySelector("button.main").disabled = true;
  });

  const made = (name, given, ...parts) => {
    const element = Object.assign(document.createElement(name), given);
    element.append(...parts);
    return element;
  };
  const bdi = (text) => made("bdi", { textContent: text });
  const job = (one) => {
    const item = made("li", { id: `job${one.number}`, className: `job ${one.state}`, value: one.number });
    const head = made("p", {}, made("b", {}, bdi(one.title)), " – ", made("span", { className: "says", textContent: one.says }));
    item.append(head);
    if (one.under_way) {
      head.append(" ", made("button", { className: "act", name: "job", value: one.number }, words.stop, made("span", { className: "unseen" }, " ", bdi(one.title))));
      const bar = made("progress", { max: one.max });
      // A single file tells nothing of how far it is until it is done.
      if (one.value || one.max > 1) bar.value = one.value;
      bar.setAttribute("aria-label", one.title);
      item.append(bar);
    }
    if (one.counts) item.append(made("p", { className: "told", textContent: one.counts }));
    if (one.fault) item.append(made("p", { className: "note", textContent: one.fault }));
    if (one.failures.length) {
      const rows = one.failures.map((f) => made("li", {}, made("b", {}, bdi(f.source)), ": ", bdi(f.error), " → ", bdi(f.remedy)));
      item.append(made("h3", { textContent: words.failed }), made("ul", { className: "failures" }, ...rows));
    }
    if (one.articles.length) {
      const rows = one.articles.map((a) => made("li", {}, made("a", { href: a.href }, bdi(a.title))));
      item.append(made("details", { open: one.articles.length < 6 }, made("summary", { textContent: words.added }), made("ul", {}, ...rows)));
    }
    return item;
  };
  const known = new Map();
  const ask = async () => {
    let jobs = [];
    try {
      const answer = await fetch("/add/jobs", { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      jobs = await answer.json();
    } catch {
      setTimeout(ask, 5000);
      return;
    }
    for (const one of jobs) {
      // What has not changed is left alone: somebody may be reading it.
      const said = JSON.stringify(one);
      const there = document.querySelector(`#job${one.number}`);
      if (known.get(one.number) === said && there) continue;
      known.set(one.number, said);
      const item = job(one);
      if (!there) list.prepend(item);
      else {
        const held = there.contains(document.activeElement);
        if (there.querySelector(".says").textContent !== one.says) sent.textContent = `${one.title} – ${one.says}`;
        there.replaceWith(item);
        if (held) item.querySelector("button, summary")?.focus();
      }
    }
    if (jobs.some((one) => one.under_way)) setTimeout(ask, 700);
  };
  if (list?.querySelector("progress")) ask();
})();
