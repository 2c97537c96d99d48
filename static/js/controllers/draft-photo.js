// A photo in the device's store, as text: it is small by then, see photo-shrink.js.

// Keeps the photo under the key; one that is too large for the store is not kept.
export function keepPhoto(key, file) {
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    try {
      localStorage.setItem(key, reader.result);
    } catch {
      localStorage.removeItem(key);
    }
  });
  reader.readAsDataURL(file);
}

// The kept photo as a file input takes it; null if there is none.
export function keptPhoto(key) {
  const [head, content] = (localStorage.getItem(key) ?? "").split(",");
  if (!content) return null;
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "photo.jpg", { type: /^data:([^;]+)/.exec(head)?.[1] }));
  return transfer.files;
}
