// Shows what was typed into a password field for as long as the person wants to see it.
export function connect(element) {
  const input = element.querySelector("input");
  const button = element.querySelector("[data-password-toggle]");
  const label = button.querySelector("span");
  button.hidden = false;

  function show(visible) {
    input.type = visible ? "text" : "password";
    button.setAttribute("aria-pressed", String(visible));
    label.textContent = visible ? button.dataset.textHide : button.dataset.textShow;
  }

  button.addEventListener("click", () => show(input.type === "password"));
  // A browser must not keep it as ordinary text.
  input.form?.addEventListener("submit", () => show(false));
}
