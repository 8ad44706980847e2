// Small comforts. Every page works without this file.
"use strict";

// Close an open menu or small form with Escape, or with a click beside it.
const OPEN = "details.me[open], details.assign[open]";

function closeAll(except) {
  for (const open of document.querySelectorAll(OPEN)) {
    if (open !== except && !open.contains(except)) {
      open.open = false;
    }
  }
}

document.addEventListener("click", (event) => closeAll(event.target));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  const open = document.activeElement.closest(OPEN);
  closeAll(null);
  if (open) {
    open.querySelector("summary").focus();
  }
});

// A second press on a button would send the form twice: the first one counts.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
  }
  form.dataset.sent = "yes";
});

// Coming back with the browser's own button, the form can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});

// A list that a worker has: look again by itself, quietly; when it is further, show its page.
const LOOK_AGAIN_MS = 2000;

function isFurther(section, now) {
  return !now || now.querySelector("h2").textContent !== section.querySelector("h2").textContent;
}

function showProgress(section, now) {
  const words = section.querySelector("[aria-live] p");
  const said = now.querySelector("[aria-live] p").textContent;
  if (words.textContent !== said) {
    words.textContent = said;
    section.querySelector("progress").replaceWith(now.querySelector("progress"));
  }
}

async function lookAgain(section) {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-look-again]");
    if (answer.ok && isFurther(section, now)) {
      location.reload();
      return;
    }
    if (answer.ok) {
      showProgress(section, now);
    }
  } catch {
    // The net is away for a moment: the next look may find it.
  }
  setTimeout(lookAgain, LOOK_AGAIN_MS, section);
}

const waiting = document.querySelector("[data-look-again]");
if (waiting) {
  setTimeout(lookAgain, LOOK_AGAIN_MS, waiting);
}

// A file that is too large is told before it travels.
document.addEventListener("change", (event) => {
  const { files, dataset } = event.target;
  if (files && dataset.most) {
    const tooBig = files.length > 0 && files[0].size > Number(dataset.most);
    event.target.setCustomValidity(tooBig ? dataset.tooBig : "");
    event.target.reportValidity();
  }
});
