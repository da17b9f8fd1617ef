/* Shortens the way on the checking page. Without it everything works by the Check button:
   dropping or choosing a file checks at once, a QR code can be scanned with the camera, the
   raw text can be copied, and the answer is brought into view and read out. */

const form = document.getElementById("ask");
const result = document.getElementById("result");
const files = form.querySelectorAll('input[type="file"]');
const text = form.querySelector("textarea");

const check = () => form.requestSubmit();

for (const input of files) {
  input.addEventListener("change", () => input.files.length && check());
}

/* Dropping files anywhere on the form. Dragged text goes into the field by itself. */
let depth = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
const composer = form.querySelector(".composer");
document.addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  depth += 1;
  composer.classList.add("over-it");
});
document.addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  depth -= 1;
  if (depth <= 0) composer.classList.remove("over-it");
});
document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  composer.classList.remove("over-it");
  files[0].files = event.dataTransfer.files;
  if (files[0].files.length) check();
});

/* A file that was pasted, such as a screenshot or a badge copied from a folder. */
text.addEventListener("paste", (event) => {
  const pasted = event.clipboardData?.files;
  if (!pasted?.length) return;
  event.preventDefault();
  files[0].files = pasted;
  check();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) check();
});

/* After an answer: files are not sent twice, and the verdict is where eyes and ears are. */
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt === form) for (const input of files) input.value = "";
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== result) return;
  const verdict = result.querySelector("#verdict");
  verdict?.focus({ preventScroll: true });
  result.scrollIntoView({ block: "start" });
});
document.body.addEventListener("htmx:sendError", () => {
  result.replaceChildren(document.getElementById("no-answer").content.cloneNode(true));
  result.querySelector("#verdict").focus();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = button.dataset.done;
  setTimeout(() => (words.textContent = before), 2000);
});

/* The camera, where the browser itself can read a QR code. Pictures stay in the browser. */
const scan = document.getElementById("scan");
const camera = document.getElementById("camera");
const video = camera.querySelector("video");

async function canScan() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

async function look() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (camera.open) {
    const [code] = await detector.detect(video).catch(() => []);
    if (code) {
      camera.close();
      text.value = code.rawValue;
      check();
      return;
    }
    await new Promise((resume) => setTimeout(resume, 150));
  }
}

scan.addEventListener("click", async () => {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
  } catch {
    scan.disabled = true;
    document.getElementById("no-camera").hidden = false;
    return;
  }
  camera.showModal();
  await video.play();
  look();
});
camera.addEventListener("close", () => {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
});

canScan().then((can) => {
  scan.hidden = !can;
});
