// Minutes and seconds until a moment, by the second; when it has come the page is asked for again.
const SECOND = 1000;

export function connect(element) {
  const until = Date.parse(element.dataset.until);
  const show = () => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / SECOND));
    element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    return left;
  };
  // A clock that runs ahead must not ask again and again.
  if (show() === 0) return;
  const timer = setInterval(() => {
    if (show() > 0) return;
    clearInterval(timer);
    window.location.reload();
  }, SECOND);
}
