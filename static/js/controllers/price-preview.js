// Shows 元/斤 and 元/kg while a price and a net weight in grams are typed.
import { fenPer, formatFen, parseDecimal } from "./unit-prices.js";

export function connect(output) {
  const price = document.getElementById(output.dataset.price);
  const weight = document.getElementById(output.dataset.weight);
  const show = () => {
    const cny = parseDecimal(price.value);
    const grams = parseDecimal(weight.value);
    output.hidden = !cny || !grams || grams.scale > 0;
    if (output.hidden) return;
    write(output, "jin", fenPer(500, cny, grams.units), output.dataset.perJin);
    write(output, "kg", fenPer(1000, cny, grams.units), output.dataset.perKg);
  };
  price.addEventListener("input", show);
  weight.addEventListener("input", show);
  show();
}

function write(output, name, fen, unit) {
  output.querySelector(`[data-${name}]`).textContent = `${formatFen(fen)}/${unit}`;
}
