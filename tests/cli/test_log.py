"""`sealwright log`: one credential found in a log, and a whole log checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from sealwright.credentials.keys import LocalSigner
from sealwright.credentials.proofs.jcs import canonical_json
from sealwright.credentials.transparency import (
    Checkpoint,
    Inclusion,
    LogProof,
    NoteKey,
    inclusion_path,
    leaf_data,
    root,
    sign_checkpoint,
    sign_handover,
    write_handovers,
)
from tests.cli.runs import Desk
from tests.credentials.transparency.logs import NOON, SALT, SIGNER, Leaves, some_leaves
from tests.credentials.transparency.served import files_of

CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "id": "https://harbour.example/c/1",
    "issuer": "did:web:harbour.example",
    "credentialSubject": {"id": "urn:x"},
}
TEXT = canonical_json(CREDENTIAL).decode()
DIGEST = sha256(TEXT.encode()).digest()
LEAVES = some_leaves(300)
LEAVES[270] = leaf_data(SALT, DIGEST)
HARBOUR = "harbour.example/log/2026"


def note_of(origin: str, size: int = 300) -> str:
    leaves = LEAVES[:size]
    return sign_checkpoint(Checkpoint(origin, size, root(size, Leaves(leaves))), SIGNER, at=NOON)


def proof_at(origin: str) -> LogProof:
    path = tuple(inclusion_path(270, 300, Leaves(LEAVES)))
    inclusions = {"newest": Inclusion(path, note_of(origin))}
    return LogProof(origin, 270, SALT, DIGEST, inclusions)


def key_of(origin: str) -> str:
    return str(NoteKey(origin, SIGNER.public_key))


PROOF = {"credential": CREDENTIAL["id"], "proofs": [proof_at(HARBOUR).as_json()]}


# --- One credential -------------------------------------------------------------------------


def test_a_credential_is_found_in_the_log_by_the_proof_beside_it(desk: Desk) -> None:
    web = desk.web(
        {
            "https://harbour.example/c/1/log.json": PROOF,
            "https://harbour.example/log/key": f"{key_of(HARBOUR)}\n",
        }
    )

    ran = desk.run("log", "verify", desk.file("badge.json", TEXT), "--documents", web)

    assert ran.code == 0
    assert "In the log harbour.example/log/2026" in ran.out
    assert "270 of 300" in ran.out
    assert "2026-03-01 12:00:00 UTC, at the latest" in ran.out
    assert "fetched from the site itself" in ran.out


def test_a_copy_that_was_written_anew_is_found_with_nothing_fetched(desk: Desk) -> None:
    ran = desk.run(
        "log", "verify", desk.file("badge.json", json.dumps(CREDENTIAL, indent=2)),
        "--proof", desk.file("proof.json", {"proofs": [proof_at(HARBOUR).as_json()]}),
        "--key", desk.file("key", key_of(HARBOUR)), "--offline",
    )  # fmt: skip

    assert ran.code == 0


def test_a_key_may_be_given_as_a_text(desk: Desk) -> None:
    ran = desk.run(
        "log", "verify", desk.file("badge.json", TEXT), "--proof", desk.file("p", PROOF),
        "--key", key_of(HARBOUR), "--offline",
    )  # fmt: skip

    assert ran.code == 0
    assert "your copy" in ran.out


def test_a_credential_at_an_address_is_fetched(desk: Desk) -> None:
    web = desk.web({"https://harbour.example/c/1": CREDENTIAL, "https://harbour.example/p": PROOF})

    ran = desk.run(
        "log", "verify", "https://harbour.example/c/1", "--proof", "https://harbour.example/p",
        "--key", key_of(HARBOUR), "--documents", web,
    )  # fmt: skip

    assert ran.code == 0


@pytest.mark.parametrize(
    ("proof", "code", "said"),
    [
        ({"proofs": []}, 2, "has not signed for this credential yet"),
        (replace(proof_at(HARBOUR), index=271).as_json(), 1, "does not stand at place 271"),
        (replace(proof_at(HARBOUR), sha256=b"0" * 32).as_json(), 1, "another credential"),
        ({"index": 3}, 1, "damaged"),
        ("no JSON", 3, ""),
    ],
)
def test_what_is_not_shown_is_not_claimed(desk: Desk, proof: Any, code: int, said: str) -> None:
    ran = desk.run(
        "log", "verify", desk.file("badge.json", TEXT), "--proof", desk.file("proof", proof),
        "--key", key_of(HARBOUR), "--offline",
    )  # fmt: skip

    assert ran.code == code
    assert said in ran.err


def test_another_key_does_not_do(desk: Desk) -> None:
    stranger = LocalSigner.from_seed(b"x" * 32)

    ran = desk.run(
        "log", "verify", desk.file("badge.json", TEXT), "--proof", desk.file("proof", PROOF),
        "--key", str(NoteKey(HARBOUR, stranger.public_key)), "--offline",
    )  # fmt: skip

    assert ran.code == 1
    assert "not signed by" in ran.err


def test_a_key_that_is_none_is_a_usage_error(desk: Desk) -> None:
    ran = desk.run(
        "log", "verify", desk.file("badge.json", TEXT), "--proof", desk.file("proof", PROOF),
        "--key", desk.file("key", "no key"), "--offline",
    )  # fmt: skip

    assert ran.code == 64


def test_a_credential_without_an_address_needs_its_proof_named(desk: Desk) -> None:
    nameless = {name: value for name, value in CREDENTIAL.items() if name != "id"}

    ran = desk.run("log", "verify", desk.file("badge.json", nameless), "--offline")

    assert ran.code == 3
    assert "--proof" in ran.err


# --- A served log ---------------------------------------------------------------------------


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    found = Site()
    found.serve()
    yield found
    found.server.shutdown()
    found.server.server_close()


class Site:
    """A log on a port of this machine."""

    files: dict[str, bytes]
    server: ThreadingHTTPServer
    host: str

    def serve(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = site.files.get(self.path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"{self.host}/log/2026"

    @property
    def url(self) -> str:
        return f"http://{self.origin}"

    def show(self, leaves: list[bytes]) -> None:
        """Serve a log with these leaves."""
        size = len(leaves)
        files = {f"/log/2026/{path}": body for path, body in files_of(leaves).items()}
        head = Checkpoint(self.origin, size, root(size, Leaves(leaves)))
        files["/log/2026/checkpoint"] = sign_checkpoint(head, SIGNER, at=NOON).encode()
        files["/log/key"] = f"{key_of(self.origin)}\n".encode()
        self.files = files

    def hand_over(self, leaves: list[bytes], to: LocalSigner) -> None:
        """Have the key that signed these leaves name another one, which signs what is shown."""
        last = Checkpoint(self.origin, len(leaves), root(len(leaves), Leaves(leaves)))
        key = NoteKey(self.origin, to.public_key)
        note = sign_handover(last, key, SIGNER, at=NOON)
        head, _, _ = self.files["/log/2026/checkpoint"].decode().partition("\n\n")
        newest = sign_checkpoint(Checkpoint.parse(f"{head}\n"), to, at=NOON)
        self.files = self.files | {
            "/log/2026/handovers": write_handovers([note]),
            "/log/2026/checkpoint": newest.encode(),
        }


@pytest.mark.loopback
def test_a_log_is_followed_and_remembered(desk: Desk, site: Site) -> None:
    state = str(desk.folder / "seen.json")
    follow = ("log", "monitor", site.url, "--state", state, "--allow-local", site.host)

    site.show(LEAVES[:200])
    first = desk.run(*follow)
    site.show(LEAVES)
    second = desk.run(*follow)
    site.show([b"x" * 32, *LEAVES[1:]])
    changed = desk.run(*follow)
    site.show(LEAVES[:100])
    shorter = desk.run(*follow)

    assert (first.code, second.code) == (0, 0)
    assert f"{site.origin}: 300 entries, signed 2026-03-01 12:00:00 UTC" in second.out
    assert changed.code == shorter.code == 1
    assert "something among them was changed" in changed.err
    assert json.loads((desk.folder / "seen.json").read_text())["keys"] == {
        site.origin: [key_of(site.origin)]
    }


@pytest.mark.loopback
def test_a_log_is_followed_from_key_to_key_and_not_back(desk: Desk, site: Site) -> None:
    state = str(desk.folder / "seen.json")
    follow = ("log", "monitor", site.url, "--state", state, "--allow-local", site.host)
    second = LocalSigner.from_seed(b"2" * 32)

    site.show(LEAVES[:200])
    before = desk.run(*follow)
    site.show(LEAVES)
    stolen = site.files
    site.hand_over(LEAVES[:200], second)
    after = desk.run(*follow)
    site.files = stolen
    by_the_thief = desk.run(*follow)

    assert (before.code, after.code, by_the_thief.code) == (0, 0, 1)
    assert f"{site.origin}: 300 entries" in after.out
    assert "a key that the log gave up at size 200" in by_the_thief.err
    kept = json.loads((desk.folder / "seen.json").read_text())
    assert kept["keys"][site.origin][1:] == [str(NoteKey(site.origin, second.public_key))]
    assert len(kept["handovers"][site.origin]) == 1


@pytest.mark.loopback
def test_the_first_changed_entry_is_named(desk: Desk, site: Site) -> None:
    site.show(LEAVES)
    bundle = site.files["/log/2026/tile/entries/000"]
    site.files["/log/2026/tile/entries/000"] = bundle[:-1] + bytes([bundle[-1] ^ 1])

    ran = desk.run("log", "monitor", site.url, "--allow-local", site.host)

    assert ran.code == 1
    assert "Entry 255 of the log" in ran.err


@pytest.mark.loopback
def test_a_credential_is_found_in_a_checkpoint_that_was_kept(desk: Desk, site: Site) -> None:
    site.show(LEAVES)
    proof = desk.file("proof", proof_at(site.origin).as_json())
    verify = (
        "log", "verify", desk.file("badge.json", TEXT), "--proof", proof,
        "--allow-local", site.host, "--checkpoint",
    )  # fmt: skip

    newer = desk.run(*verify, desk.file("newer", note_of(site.origin)))
    older = desk.run(*verify, desk.file("older", note_of(site.origin, 200)))

    assert newer.code == 0
    assert "270 of 300" in newer.out
    assert older.code == 2


def test_a_state_that_is_none_is_a_usage_error(desk: Desk) -> None:
    state = desk.file("seen.json", "[]")

    ran = desk.run("log", "monitor", "https://harbour.example/log/2026", "--state", state)

    assert ran.code == 64
