"use strict";
// An article that is being read anew: the note says when it is done, and leads to the new reading.
(() => {
  const note = document.querySelector("#anew");
  if (!note) return;
  const link = (href, words) => Object.assign(document.createElement("a"), { href, textContent: words });
  const ask = async () => {
    let job;
    try {
      const answer = await fetch("/add/jobs", { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      job = (await answer.json()).find((one) => String(one.number) === note.dataset.job);
    } catch {
      setTimeout(ask, 5000);
      return;
    }
    if (!job) return;
    // The reading is there as soon as it is compared with the others.
    if (job.state === "done" || job.state === "comparing") note.replaceChildren(note.dataset.done, " ", link(note.dataset.at, note.dataset.show));
    else if (job.under_way) setTimeout(ask, 1000);
    else note.replaceChildren(note.dataset.failed, " ", link(`/add#job${job.number}`, note.dataset.why));
  };
  ask();
})();
