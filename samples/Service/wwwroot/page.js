// Sends a photo to the service and draws the faces that come back.
const drop = document.getElementById("drop");
const file = document.getElementById("file");
const said = document.getElementById("said");
const canvas = document.getElementById("photo");

file.addEventListener("change", () => file.files.length && show(file.files[0]));
drop.addEventListener("dragover", event => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", event => {
  event.preventDefault();
  drop.classList.remove("over");
  if (event.dataTransfer.files.length) {
    show(event.dataTransfer.files[0]);
  }
});

async function show(photo) {
  canvas.hidden = true;
  said.textContent = "Looking for faces …";
  try {
    const response = await fetch("detect", { method: "POST", body: photo });
    const answer = await response.json();
    if (!response.ok) {
      said.textContent = answer.detail ?? answer.title;
      return;
    }

    said.textContent = `${answer.faces.length} ${answer.faces.length === 1 ? "face" : "faces"} in ${answer.width} × ${answer.height} pixels`;
    await draw(photo, answer);
  } catch (failure) {
    said.textContent = `No answer: ${failure.message}`;
  }
}

async function draw(photo, answer) {
  let image;
  try {
    // Turned upright, as the service sees it.
    image = await createImageBitmap(photo, { imageOrientation: "from-image" });
  } catch {
    said.textContent += "; the browser cannot show this kind of image";
    return;
  }

  canvas.width = answer.width;
  canvas.height = answer.height;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const thickness = Math.max(2, answer.width / 400);
  context.lineWidth = thickness;
  context.strokeStyle = "#3f3";
  context.fillStyle = "#f33";
  for (const { box: [left, top, right, bottom], landmarks } of answer.faces) {
    context.strokeRect(left, top, right - left, bottom - top);
    for (const [x, y] of landmarks) {
      context.beginPath();
      context.arc(x, y, thickness * 1.5, 0, 2 * Math.PI);
      context.fill();
    }
  }

  canvas.hidden = false;
}
