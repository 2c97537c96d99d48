// Marks the price that counts for the quantity that is typed: of those shown, the last that it reaches.
import { wholeNumber } from "./quantity.js";

export function connect(prices) {
  const input = document.getElementById(prices.dataset.quantity);
  const all = [...prices.querySelectorAll("[data-from]")];
  const show = () => {
    const quantity = Math.max(wholeNumber(input.value) ?? 1, 1);
    const current = all.filter((price) => Number(price.dataset.from) <= quantity).pop();
    for (const price of all) {
      if (price === current) price.setAttribute("aria-current", "true");
      else price.removeAttribute("aria-current");
    }
  };
  input.addEventListener("input", show);
  show();
}
