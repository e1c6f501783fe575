"""Certificates for `make demo-phone`: an authority of this machine's own, and a server certificate by it.

    python -m scripts.phone_certificate --address                      which address phones can reach
    python -m scripts.phone_certificate --host 192.0.2.7 --port 8443 --folder var/demo/phone

The authority is made once and kept, so that a phone trusts it once; the server certificate is made anew for
the address. Both keys are readable by their owner alone. The authority may vouch for that one address only.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import sys
from datetime import timedelta
from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mingcha.base import clock

#: Phones refuse server certificates that hold for longer.
SERVER_DAYS = 397
AUTHORITY_DAYS = 3650
_AUTHORITY = "Mingcha demo on this machine"


def local_address() -> str:
    """The address by which other machines of the network reach this one; 127.0.0.1 where there is none.

    Nothing is sent: connecting a datagram socket only asks the routing table.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def make(folder: Path, host: str) -> Path:
    """Write authority, server certificate and key into the folder; gives the authority's file."""
    folder.mkdir(parents=True, exist_ok=True)
    key_file, authority_file = folder / f"authority-{host}.key", folder / f"authority-{host}.crt"
    if authority_file.exists() and key_file.exists():
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  written below
        authority = x509.load_pem_x509_certificate(authority_file.read_bytes())
    else:
        key = ec.generate_private_key(ec.SECP256R1())
        authority = _authority(key, host)
        _write_key(key_file, key)
        authority_file.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    server_key = ec.generate_private_key(ec.SECP256R1())
    server = _server(server_key, host, authority, key)
    _write_key(folder / "server.key", server_key)
    chain = [server, authority]
    (folder / "server.pem").write_bytes(
        b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)
    )
    return authority_file


def _authority(key: ec.EllipticCurvePrivateKey, host: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{_AUTHORITY} ({host})")])
    only = x509.NameConstraints(permitted_subtrees=[_constraint(host)], excluded_subtrees=None)
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        _builder(name, name, key, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(only, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def _server(
    key: ec.EllipticCurvePrivateKey,
    host: str,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    builder = (
        _builder(name, authority.subject, key, SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName([_name(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
    )
    return builder.sign(authority_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
    )


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _constraint(host: str) -> x509.GeneralName:
    """What the authority may vouch for: this address, or this name and those below it."""
    try:
        return x509.IPAddress(ipaddress.ip_network(host))
    except ValueError:
        return x509.DNSName(host)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(plain)


def _explain(host: str, port: int, authority: Path) -> None:
    address = f"https://{host}:{port}/"
    sys.stdout.write(f"\n手机和这台机器接在同一个网络里，用相机扫下面的码，或在浏览器输入 {address}\n\n")
    segno.make(address, error="l").terminal(out=sys.stdout, compact=True)
    sys.stdout.write(
        "\n第一次打开时浏览器会说证书不受信任。要用拍照、定位、离线填表和核对签名，请先让手机信任本机的证书机构：\n"
        f"  1. 把这个文件传到手机上：{authority}\n"
        "  2. 安卓：设置—安全—更多—加密与凭据—安装证书—CA 证书；\n"
        "     苹果：打开文件后到“已下载描述文件”安装，再到 通用—关于本机—证书信任设置 里打开。\n"
        "  3. 演示完在同一处删掉它。它只能担保上面这一个地址，私钥只在这台机器上。\n\n"
    )
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", action="store_true")
    parser.add_argument("--host", default="")
    parser.add_argument("--port", type=int, default=8443)
    parser.add_argument("--folder", type=Path, default=Path("var/demo/phone"))
    given = parser.parse_args()
    if given.address:
        sys.stdout.write(local_address() + "\n")
        return
    host = given.host or local_address()
    _explain(host, given.port, make(given.folder, host))


if __name__ == "__main__":
    main()
