// Keeps what is typed into a form on this device until it was sent with success, so that a lost signal loses nothing;
// its photo, too. data-draft="key" on the form; data-draft-clear="key" on the page that follows a success.
import { keepPhoto, keptPhoto } from "./draft-photo.js";

const PREFIX = "draft:";

export function connect(element) {
  if (element.dataset.draftClear !== undefined) forget(element.dataset.draftClear);
  if (element instanceof HTMLFormElement && element.dataset.draft) keep(element, PREFIX + element.dataset.draft);
}

function keep(form, key) {
  restore(form, key);
  restorePhotos(form, key);
  // Also what nobody typed, such as the draft's own key: what is sent again must be the same.
  for (const moment of ["input", "change", "submit"]) form.addEventListener(moment, () => save(form, key));
  form.addEventListener("photo:ready", ({ target }) => keepPhoto(`${key}:${target.name}`, target.files[0]));
}

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["file", "password", "submit"].includes(field.type),
  );
}

function save(form, key) {
  const values = {};
  for (const field of fields(form)) {
    if (!["checkbox", "radio"].includes(field.type) || field.checked) (values[field.name] ??= []).push(field.value);
  }
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // A full or closed store only means that nothing is kept.
  }
}

function restore(form, key) {
  const values = read(key);
  if (!values || form.querySelector('[aria-invalid="true"]')) return;
  for (const field of fields(form)) {
    const kept = values[field.name] ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
    else if (kept.length) field.value = kept[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Also where the server found something else wrong: a page never comes back with the files that were sent. What was
// chosen before this script came is newer than what is kept.
function restorePhotos(form, key) {
  for (const field of form.querySelectorAll('input[type="file"]')) {
    const name = `${key}:${field.name}`;
    if (field.matches('[aria-invalid="true"]')) localStorage.removeItem(name);
    if (field.files.length) {
      keepPhoto(name, field.files[0]);
      continue;
    }
    const photo = keptPhoto(name);
    if (!photo) continue;
    field.files = photo;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(key) {
  for (const name of Object.keys(localStorage)) {
    if (name === PREFIX + key || name.startsWith(`${PREFIX}${key}:`)) localStorage.removeItem(name);
  }
}
