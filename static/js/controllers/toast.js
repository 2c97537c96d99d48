// Floats Django's messages; good news leaves by itself unless someone is reading it, bad news stays.
const SHOWN_FOR = 6000;

export function connect(list) {
  list.dataset.floating = "";
  for (const notice of list.children) {
    const button = notice.querySelector("[data-close]");
    button.hidden = false;
    button.addEventListener("click", () => notice.remove());
    if (notice.getAttribute("role") !== "alert") leaveLater(notice);
  }
}

function leaveLater(notice) {
  const timer = setTimeout(() => notice.remove(), SHOWN_FOR);
  for (const reading of ["pointerenter", "focusin"]) notice.addEventListener(reading, () => clearTimeout(timer));
}
