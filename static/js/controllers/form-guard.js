// A form is sent once: a second click while the first is under way does nothing.
export function connect(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Coming back by the browser's button finds the form ready again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    for (const control of form.elements) control.removeAttribute("aria-busy");
  });
}
