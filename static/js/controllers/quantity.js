// − and + beside a whole number; "３００" becomes 300, and the limits are kept.
export function connect(box) {
  const input = box.querySelector("input");
  const step = Number(input.dataset.step);
  const min = Number(input.dataset.min);
  const max = input.dataset.max === undefined ? Infinity : Number(input.dataset.max);
  const down = box.querySelector('button[data-step="down"]');
  const up = box.querySelector('button[data-step="up"]');

  const show = () => {
    const number = wholeNumber(input.value);
    down.disabled = number !== null && number <= min;
    up.disabled = number !== null && number >= max;
  };
  const move = (by) => {
    const number = (wholeNumber(input.value) ?? min) + by;
    input.value = String(Math.min(Math.max(number, min), max));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  down.addEventListener("click", () => move(-step));
  up.addEventListener("click", () => move(step));
  input.addEventListener("input", show);
  input.addEventListener("blur", () => {
    const number = wholeNumber(input.value);
    if (number !== null) input.value = String(number);
  });
  down.hidden = up.hidden = false;
  show();
}

// The number that is written here, or null where it is none.
export function wholeNumber(text) {
  const digits = text.normalize("NFKC").replaceAll(",", "").trim();
  return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
}
