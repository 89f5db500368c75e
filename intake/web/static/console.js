// Keys for whoever works without a mouse. Everything here can be done without this file, too.
//
// A list marked with data-keys is walked with j and k, and opened with Enter. An element with data-key="a" is pressed by
// that key. Nothing is listened to while somebody types.
"use strict";

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

const entries = () => [...document.querySelectorAll("[data-keys] a[data-entry]")];

function walk(step) {
  const all = entries();
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}

function press(key) {
  const wanted = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!wanted) return false;
  if (wanted.matches("input:not([type=submit]), textarea, select")) wanted.focus();
  else wanted.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (!press(event.key)) return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.submitter?.getAttribute("formtarget")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
