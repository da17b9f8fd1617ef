// Passkeys: asks the browser for one and sends what it answers with the form of the button.
// A button says what it does (data-passkey="make" or "show") and where the options are
// (data-options, the id of a JSON script; without it they are asked for at the form's address).
(() => {
  const bytes = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async ({ publicKey }, alone) => {
    const selection = { ...publicKey.authenticatorSelection };
    if (alone !== null) {
      selection.residentKey = alone ? "required" : "discouraged";
      selection.requireResidentKey = alone;
      if (alone) selection.userVerification = "required";
    }
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: known(publicKey.excludeCredentials),
        authenticatorSelection: selection,
      },
    });
    return {
      ...about(made),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const show = async ({ publicKey }) => {
    const shown = await navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: known(publicKey.allowCredentials),
      },
    });
    const { authenticatorData, clientDataJSON, signature, userHandle } = shown.response;
    return {
      ...about(shown),
      response: {
        authenticatorData: text(authenticatorData),
        clientDataJSON: text(clientDataJSON),
        signature: text(signature),
        userHandle: userHandle ? text(userHandle) : null,
      },
    };
  };

  const about = (credential) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });

  const options = async (button) => {
    const place = document.getElementById(button.dataset.options);
    if (place) return JSON.parse(place.textContent);
    const answer = await fetch(button.form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-passkey]");
    if (!button) return;
    event.preventDefault();
    const trouble = button.form.querySelector(".passkey-trouble");
    trouble.textContent = "";
    try {
      const asked = await options(button);
      const tick = button.form.elements.passwordless;
      const answer = button.dataset.passkey === "make"
        ? await make(asked.creation_options, tick ? tick.checked : null)
        : await show(asked.request_options);
      button.form.elements.credential.value = JSON.stringify(answer);
      button.form.submit();
    } catch {
      const { absent, refused } = trouble.dataset;
      trouble.textContent = window.PublicKeyCredential ? refused : absent;
    }
  });
})();
