"""`make demo-phone`: whoever trusts the machine's own authority is served, for that one address only."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest

from scripts.phone_certificate import make

HERE = "127.0.0.1"


def shake_hands(folder: Path, authority: Path, host: str) -> None:
    """A client that trusts `authority` alone connects to a server with the folder's certificate."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "server.pem", folder / "server.key")
    asking = ssl.create_default_context(cafile=authority)
    with socket.create_server((HERE, 0)) as listener:

        def answer() -> None:
            connection, _address = listener.accept()
            try:
                serving.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            with (
                socket.create_connection(listener.getsockname()) as plain,
                asking.wrap_socket(plain, server_hostname=host),
            ):
                pass
        finally:
            thread.join()


def test_a_phone_that_trusts_the_authority_is_served_and_goes_on_trusting_it(tmp_path: Path) -> None:
    authority = make(tmp_path, HERE)
    shake_hands(tmp_path, authority, HERE)
    before = authority.read_bytes()

    assert make(tmp_path, HERE).read_bytes() == before
    shake_hands(tmp_path, authority, HERE)


def test_the_authority_vouches_for_no_other_address(tmp_path: Path) -> None:
    authority = make(tmp_path, HERE)
    other = make(tmp_path, "192.0.2.7")

    assert other != authority
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(tmp_path, other, "192.0.2.7.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(tmp_path, authority, "192.0.2.7")


def test_the_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    make(tmp_path, HERE)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.key")} == {0o600}
