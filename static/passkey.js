// Passkeys: the browser asks the device, the form takes the answer along. Without this file there is the code.
"use strict";

// A Map: a name from the page finds what stands here and nothing that every object has.
const ASKING = new Map([
  [
    "get",
    async (options) =>
      navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      }),
  ],
  [
    "create",
    async (options) =>
      navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      }),
  ],
]);

async function question(form) {
  const body = new FormData();
  body.append("csrf_token", form.elements["csrf_token"].value);
  const answer = await fetch(form.dataset.ask, { method: "POST", body });
  if (!answer.ok) {
    throw new Error("no question");
  }
  return answer.json();
}

async function usePasskey(form, button, failed) {
  failed.hidden = true;
  button.disabled = true;
  try {
    const made = await ASKING.get(form.dataset.passkey)(await question(form));
    form.elements["credential"].value = JSON.stringify(made.toJSON());
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}

const form = document.querySelector("form[data-passkey]");
const canDo =
  window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON !== undefined;

if (form && canDo) {
  const button = form.querySelector("[data-press]");
  const failed = form.querySelector("[data-failed]");
  button.hidden = false;
  for (const note of document.querySelectorAll("[data-cannot]")) {
    note.hidden = true;
  }
  button.addEventListener("click", () => usePasskey(form, button, failed));
}
