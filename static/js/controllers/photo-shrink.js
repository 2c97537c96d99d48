// A photo is made at most 1,600 px and 300 KB before it travels; whatever fails leaves the chosen file as it is.
// "photo:ready" says that it is done. A JPEG that is small enough stays as it is: the server takes out what it says.
const LONGEST_EDGE = 1600;
const MOST_BYTES = 300 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45];

export function connect(frame) {
  const input = frame.querySelector('input[type="file"]');
  const preview = frame.querySelector("[data-preview]");
  const status = frame.querySelector("[data-photo-status]");
  frame.dataset.ready = "";
  const take = async () => {
    const file = input.files[0];
    if (!file) return;
    status.textContent = frame.dataset.working;
    const photo = await shrink(file).catch(() => file);
    replaceFile(input, photo);
    await show(preview, photo);
    status.textContent = frame.dataset.readyText;
    input.dispatchEvent(new Event("photo:ready", { bubbles: true }));
  };
  input.addEventListener("change", take);
  take();
}

// As a data: address, which the Content-Security-Policy allows for pictures where it does not allow blob:.
function show(preview, photo) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("loadend", () => {
      preview.src = reader.result ?? "";
      preview.hidden = !reader.result;
      resolve();
    });
    reader.readAsDataURL(photo);
  });
}

async function shrink(file) {
  if (file.type === "image/jpeg" && file.size <= MOST_BYTES) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (let edge = LONGEST_EDGE; edge >= 600; edge = Math.round(edge * 0.8)) {
    const canvas = drawn(bitmap, edge);
    for (const quality of QUALITIES) {
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (blob && blob.size <= MOST_BYTES) return new File([blob], "photo.jpg", { type: "image/jpeg" });
    }
  }
  return file;
}

function drawn(bitmap, longestEdge) {
  const scale = Math.min(1, longestEdge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function replaceFile(input, file) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
}
