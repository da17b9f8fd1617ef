// Says in words what allauth's scripts only log. Runs after them.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector(".passkey-trouble");
  if (!place) return;
  place.textContent = window.PublicKeyCredential ? place.dataset.refused : place.dataset.absent;
});
