/* Shows how far the checking is: files go in parts, each part's answer comes back signed, and
   the form then sends the answers instead of the files. Without it the form sends the files. */

const AT_ONCE = 12;

const form = document.getElementById("screening");
const files = form?.querySelector('input[type="file"]');
const bar = document.getElementById("checking");
const lost = document.getElementById("cut-off");

const isZip = (file) => /\.zip$/i.test(file.name);

function told(done, all) {
  bar.hidden = false;
  bar.querySelector("progress").max = all;
  bar.querySelector("progress").value = done;
  const words = bar.querySelector("span");
  words.textContent = words.dataset.words.replace("%1", done).replace("%2", all);
}

function carry(found) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "found";
  field.value = found;
  form.append(field);
}

async function check(part) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const file of part) body.append("files", file);
  const answer = await fetch(form.dataset.check, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).found;
}

/* What is left after a lost connection stays chosen, so the next try goes on from there. */
function keep(left) {
  const chosen = new DataTransfer();
  for (const file of left) chosen.items.add(file);
  files.files = chosen.files;
}

form?.addEventListener("submit", async (event) => {
  const all = [...files.files];
  const button = event.submitter;
  if (button?.formAction !== form.action && button?.hasAttribute("formaction")) return;
  if (all.length <= AT_ONCE || all.some(isZip)) return;
  event.preventDefault();
  lost.hidden = true;
  for (const each of form.querySelectorAll("button")) each.disabled = true;
  let done = 0;
  try {
    told(0, all.length);
    while (done < all.length) {
      carry(await check(all.slice(done, done + AT_ONCE)));
      done = Math.min(done + AT_ONCE, all.length);
      told(done, all.length);
    }
  } catch {
    bar.hidden = true;
    lost.hidden = false;
    lost.scrollIntoView({ block: "center" });
  }
  for (const each of form.querySelectorAll("button")) each.disabled = false;
  keep(all.slice(done));
  if (done >= all.length) form.requestSubmit(button);
});
