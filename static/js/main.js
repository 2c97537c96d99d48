// Binds data-controller="name …" to controllers/<name>.js, and loads only those that the page uses.
const controllers = {
  "bulk-price": () => import("./controllers/bulk-price.js"),
  countdown: () => import("./controllers/countdown.js"),
  dialog: () => import("./controllers/dialog.js"),
  disclosure: () => import("./controllers/disclosure.js"),
  "draft-store": () => import("./controllers/draft-store.js"),
  "focus-first": () => import("./controllers/focus-first.js"),
  "form-guard": () => import("./controllers/form-guard.js"),
  "no-signal": () => import("./controllers/no-signal.js"),
  password: () => import("./controllers/password.js"),
  "photo-shrink": () => import("./controllers/photo-shrink.js"),
  "price-preview": () => import("./controllers/price-preview.js"),
  print: () => import("./controllers/print.js"),
  quantity: () => import("./controllers/quantity.js"),
  "region-picker": () => import("./controllers/region-picker.js"),
  "text-size": () => import("./controllers/text-size.js"),
  toast: () => import("./controllers/toast.js"),
};

const connected = new WeakMap();
// How many are still on their way: whoever tests a page waits until none is.
const page = document.documentElement;
page.dataset.coming = 0;

async function connect(element, name) {
  const names = connected.get(element) ?? new Set();
  if (names.has(name) || !controllers[name]) return;
  connected.set(element, names.add(name));
  page.dataset.coming++;
  const controller = await controllers[name]();
  controller.connect(element);
  page.dataset.coming--;
}

function connectAll(root) {
  for (const element of [root, ...root.querySelectorAll("[data-controller]")]) {
    for (const name of (element.dataset?.controller ?? "").split(" ").filter(Boolean)) connect(element, name);
  }
}

connectAll(page);
document.addEventListener("htmx:load", (event) => connectAll(event.detail.elt));
