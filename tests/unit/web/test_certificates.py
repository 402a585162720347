"""Certificates that nobody can be answered with are named before anything listens."""

from pathlib import Path

import pytest
import trustme

from streams.errors import ConfigError
from streams.web.certificates import check_tls
from streams.web.settings import Tls


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a certificate, its key, both together, the authority, and a key of another one."""
    folder, authority = tmp_path_factory.mktemp("pem"), trustme.CA()
    mine, other = (authority.issue_cert(name) for name in ("posko.example", "other.example"))
    mine.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    mine.private_key_pem.write_to_path(folder / "key.pem")
    mine.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    other.private_key_pem.write_to_path(folder / "other.pem")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    (folder / "damaged.pem").write_text("-----BEGIN CERTIFICATE-----\nno\n", encoding="utf-8")
    locked = "-----BEGIN ENCRYPTED" + " PRIVATE KEY-----\n"
    (folder / "locked.pem").write_text(locked, encoding="utf-8")
    return folder


def tls(pem: Path, certificate: str, key: str, authority: str = "") -> Tls:
    """Return settings with files of the folder."""
    return Tls(str(pem / certificate), str(pem / key), str(pem / authority) if authority else "")


def test_good_ones_are_taken(pem: Path) -> None:
    """Apart, together in one file, with an authority of clients; or none at all."""
    check_tls(None)
    check_tls(tls(pem, "cert.pem", "key.pem"))
    check_tls(tls(pem, "both.pem", "both.pem", "ca.pem"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("none.pem", "key.pem"), "tls.certificate_file: {}/none.pem cannot be read (No such file"),
        (("cert.pem", "none.pem"), "tls.key_file: {}/none.pem cannot be read"),
        (("key.pem", "cert.pem"), "tls.certificate_file: {}/key.pem: expected a certificate"),
        (("cert.pem", "cert.pem"), "tls.key_file: {}/cert.pem: expected a private key in PEM"),
        (("cert.pem", "locked.pem"), "{}/locked.pem: expected a key without a passphrase"),
        (("cert.pem", "other.pem"), "tls: {}/other.pem is no key of {}/cert.pem"),
        (("cert.pem", "key.pem", "none.pem"), "tls.client_ca_file: {}/none.pem cannot be read"),
        (("cert.pem", "key.pem", "damaged.pem"), "tls.client_ca_file: {}/damaged.pem: no certif"),
    ],
)
def test_each_fault_names_its_file_and_what_was_expected(
    pem: Path, files: tuple[str, ...], said: str
) -> None:
    """Swapped files too; of a key nothing is shown."""
    with pytest.raises(ConfigError) as caught:
        check_tls(tls(pem, *files))
    assert said.replace("{}", str(pem)) in str(caught.value)
