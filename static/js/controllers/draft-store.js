// Keeps what is typed into a form on this device until it was sent with success, so that a lost signal loses nothing.
// data-draft="key" on the form; data-draft-clear="key" on the page that follows a success.
const PREFIX = "draft:";

export function connect(element) {
  if (element.dataset.draftClear !== undefined) forget(element.dataset.draftClear);
  if (element instanceof HTMLFormElement && element.dataset.draft) keep(element, PREFIX + element.dataset.draft);
}

function keep(form, key) {
  restore(form, key);
  form.addEventListener("input", () => save(form, key));
  form.addEventListener("change", () => save(form, key));
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
