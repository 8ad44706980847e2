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
