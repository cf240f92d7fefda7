"""What ``deploy/`` says is understood by those who read it: systemd, nginx, and the site itself."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from granian.cli import OctalIntType

from config.settings import env
from courses.articles.importers.bounded import LARGEST
from courses.authoring.reading import LARGEST_TOGETHER
from tests.many.machines import free_port
from tools.benching import front

DEPLOY = Path("deploy")
UNITS = sorted((DEPLOY / "systemd").glob("stapwijs-*.[st]*[er]"))
LAYOUTS = ["one-machine", "many-machines"]
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")


def environment_of(layout):
    """{variable: value} of the environment file, read as systemd reads it; the secrets filled in."""
    lines = (DEPLOY / layout / "environment").read_text().splitlines()
    pairs = [line.partition("=")[::2] for line in lines if line and not line.startswith("#")]
    values = {name: value.strip('"') for name, value in pairs}
    return {name: value or secrets.token_urlsafe(64) for name, value in values.items()}


@pytest.mark.skipif(not SYSTEMD_ANALYZE, reason="systemd is not on this machine")
def test_systemd_understands_the_units(tmp_path):
    here = {"/opt/stapwijs/var/venv": sys.prefix, "/opt/stapwijs": str(Path.cwd())}
    shutil.copytree(DEPLOY / "systemd", tmp_path / "units")
    for path in (path for path in (tmp_path / "units").rglob("*") if path.is_file()):
        text = path.read_text()
        for there, place in here.items():
            text = text.replace(there, place)
        path.write_text(text)
    units = [tmp_path / "units" / unit.name for unit in UNITS]

    said = subprocess.run(
        [SYSTEMD_ANALYZE, "verify", "--man=no", *units],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path / 'units'}:"},
        capture_output=True,
        text=True,
    )

    assert [line for line in said.stderr.splitlines() if "stapwijs" in line] == []
    assert len(units) == 5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_environment_names_only_what_is_read(layout):
    names = {name for name in environment_of(layout) if not name.startswith("GRANIAN_")}

    assert names <= set(env.scheme)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_site_finds_nothing_wrong_with_the_environment(layout, tmp_path):
    given = environment_of(layout) | {"DATA_DIR": str(tmp_path), "PYTHONPATH": "."}
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    said = subprocess.run(command, env=given, capture_output=True, text=True)

    assert said.returncode == 0, said.stderr


def test_granian_understands_its_lines():
    named = {name for layout in LAYOUTS for name in environment_of(layout) if name.startswith("GRANIAN_")}
    told = subprocess.run([Path(sys.executable).with_name("granian"), "--help"], capture_output=True, text=True).stdout

    assert named <= set(re.findall(r"GRANIAN_[A-Z_]+", re.sub(r"_\n\s+", "_", told)))


def test_the_socket_is_for_the_site_and_nginx_alone():
    """granian reads a number without a nought before it as a decimal one."""
    said = environment_of("one-machine")["GRANIAN_UDS_PERMISSIONS"]

    assert OctalIntType().convert(said, None, None) == 0o660


@pytest.fixture
def certificate(tmp_path):
    """A certificate for nobody, and its key: the paths of both."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime(2026, 1, 1, tzinfo=UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "leren.example.org")])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    paths = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
    paths[0].write_bytes(built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nginx_understands_its_configuration(layout, tmp_path, certificate):
    files = [*(DEPLOY / "nginx").iterdir(), *(DEPLOY / layout).glob("*.conf")]
    for path in files:
        text = path.read_text().replace("/etc/nginx/stapwijs", str(tmp_path))
        for made in certificate:
            text = re.sub(rf"/etc/letsencrypt/\S*{made.name}", str(made), text)
        (tmp_path / path.name).write_text(text)
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ include {tmp_path}/nginx.conf; }}"
    (tmp_path / "main.conf").write_text(main)
    nginx = shutil.which("nginx", path=f"/usr/sbin:{os.environ['PATH']}")

    said = subprocess.run(
        [nginx, "-t", "-q", "-p", tmp_path, "-c", tmp_path / "main.conf"], capture_output=True, text=True
    )

    assert (said.returncode, said.stderr) == (0, "")


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    """nginx with no site behind it; yields its port."""
    port = free_port()
    with front.in_front_of("127.0.0.1:9", port=port, folder=tmp_path_factory.mktemp("front") / "nginx"):
        yield port


ANY_FORM, ARTICLES = "/account/", "/author/import/read/"


def begin_to_send(port, address, *, size):
    """What nginx says to somebody who asks whether they may send so many bytes."""
    headers = f"Host: leren.example.org\r\nContent-Length: {size}\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 10) as connection, connection.makefile("rb") as answer:
        connection.sendall(f"POST {address} HTTP/1.1\r\n{headers}".encode())
        head = b"".join(iter(answer.readline, b"\r\n"))
        length = re.search(rb"Content-Length: (\d+)", head)
        return (head + answer.read(int(length[1]) if length else 0)).decode()


@pytest.mark.parametrize(("address", "size"), [(ANY_FORM, LARGEST), (ARTICLES, LARGEST_TOGETHER)])
def test_what_the_site_takes_comes_through_nginx(address, size, nginx):
    assert begin_to_send(nginx, address, size=size + 100_000).startswith("HTTP/1.1 100")


@pytest.mark.parametrize(("address", "megabytes"), [(ANY_FORM, 30), (ARTICLES, 105)])
def test_of_what_is_larger_a_page_of_our_own_says_how_much_may_come(address, megabytes, nginx):
    said = begin_to_send(nginx, address, size=megabytes * 1024**2 + 1)

    assert said.startswith("HTTP/1.1 413")
    assert "hooguit 30 MB tegelijk" in said
    assert "At most 30 MB goes along at a time; at “Begin with a text” 100 MB" in said
    assert 'href="/pages.css"' in said
    assert "style-src 'self'" in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_log_of_nginx_names_people_or_secret_links(layout):
    servers = re.split(r"^server \{$", (DEPLOY / layout / "nginx.conf").read_text(), flags=re.MULTILINE)[1:]
    everywhere = (DEPLOY / "nginx" / "site.conf").read_text()

    assert [
        "access_log off;" in server.replace("include /etc/nginx/stapwijs/site.conf;", everywhere) for server in servers
    ] == [True, True]
    assert "\nerror_log stderr crit;" in everywhere


def test_what_the_document_names_is_there():
    named = re.findall(r"deploy/[\w/.-]+\w", Path("docs/deploy.md").read_text())

    assert [name for name in named if not Path(name).exists()] == []
    assert len(named) >= 6


def test_the_image_says_that_it_has_not_been_run():
    first = (DEPLOY / "many-machines" / "Containerfile").read_text().splitlines()[0]

    assert "has not been run" in first
