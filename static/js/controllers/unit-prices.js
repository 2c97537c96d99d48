// The server's marketplace.core.money.unit_prices in exact whole numbers: same inputs, same fen.

// "12.345" → { units: 12345n, scale: 3 }; null for what is no positive decimal.
export function parseDecimal(text) {
  const plain = text.normalize("NFKC").replaceAll(",", "").replace("¥", "").trim();
  const match = /^(\d{1,12})(?:\.(\d{0,6}))?$/.exec(plain);
  if (!match) return null;
  const decimals = match[2] ?? "";
  const units = BigInt(match[1] + decimals);
  return units > 0n ? { units, scale: decimals.length } : null;
}

// Fen for so many grams, half up.
export function fenPer(grams, price, netWeightGrams) {
  const numerator = price.units * 100n * BigInt(grams);
  const denominator = 10n ** BigInt(price.scale) * netWeightGrams;
  return (2n * numerator + denominator) / (2n * denominator);
}

export function formatFen(fen) {
  const digits = fen.toString().padStart(3, "0");
  return `¥${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}
