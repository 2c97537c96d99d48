// Larger text on every page; the cookie lets the server draw the next page large at once.
const YEAR = 365 * 24 * 60 * 60;

export function connect(button) {
  const root = document.documentElement;
  const show = () => {
    for (const other of document.querySelectorAll('[data-controller~="text-size"]')) {
      other.setAttribute("aria-pressed", String(root.dataset.text === "large"));
    }
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    if (root.dataset.text === "large") delete root.dataset.text;
    else root.dataset.text = "large";
    document.cookie = `text_size=${root.dataset.text ?? "normal"}; path=/; max-age=${YEAR}; samesite=lax`;
    show();
  });
}
