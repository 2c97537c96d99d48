// Says that there is no signal for as long as there is none, and keeps the form around it from being sent into nothing.
export function connect(place) {
  const note = place.firstElementChild;
  const show = () => {
    note.hidden = navigator.onLine;
  };
  for (const change of ["online", "offline"]) window.addEventListener(change, show);
  // Before every other controller of the form: what is not sent is not under way either.
  place.closest("form").addEventListener("submit", (event) => navigator.onLine || refuse(event, note), true);
  show();
}

function refuse(event, note) {
  event.preventDefault();
  event.stopImmediatePropagation();
  note.hidden = false;
  note.scrollIntoView({ block: "center" }); // a phone's bars lie over the lower edge
}
