// Brings a form's error summary to the reader's eye and ear.
export function connect(summary) {
  summary.focus();
}
