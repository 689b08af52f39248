"""
A WSMan endpoint on loopback that an unmodified pypsrp talks to, over TLS.

Real are HTTP, TLS, the sign-in and SOAP; the shells are `psrp_shell`'s. It can be told to fail.
"""

from __future__ import annotations

import base64
import contextlib
import re
import ssl
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from tests.live_bridge.psrp_shell import Configuration, Shell

NAMES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "x": "http://schemas.xmlsoap.org/ws/2004/09/transfer",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
    "f": "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault",
    "ps": "http://schemas.microsoft.com/powershell",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
CONFIGURATIONS = f"{NAMES['ps']}/"
TIMED_OUT, NOT_THERE, DENIED, NO_RESOURCE = 2150858793, 2150858843, 5, 2150858752


class FaultError(Exception):
    """A fault that the client is answered with."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(slots=True)
class Failures:
    """What goes wrong: whose reply is cut off, whether nothing is answered, or ends are lost."""

    cut: set[str] = field(default_factory=set)
    hang: threading.Event | None = None
    loses_end: bool = False
    status: int | None = None


class WSManServer:
    """Serves session configurations; `users` sign in with basic, NTLM takes a file of its own."""

    def __init__(
        self,
        configurations: Iterable[Configuration],
        *,
        certificate: Path,
        users: Mapping[str, str] | None = None,
    ) -> None:
        self.configurations = {item.name: item for item in configurations}
        self.users = users
        self.failures = Failures()
        self.shells: dict[str, Shell] = {}
        self.every_shell: list[Shell] = []
        self.requests: Counter[str] = Counter()
        self._lock = threading.Lock()
        server = self

        class Session(_Session):
            double = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Session)
        self._http.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # the handshake is the connection's thread's, or a client that sends none blocks all others
        self._http.socket = context.wrap_socket(
            self._http.socket, server_side=True, do_handshake_on_connect=False
        )
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port: int = self._http.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for shell in self.every_shell:
            shell.close()
        self._http.shutdown()
        self._http.server_close()

    def answer(self, body: bytes, user: str) -> tuple[int, bytes, str]:
        """Return HTTP status, envelope and the verb that was asked for."""
        envelope = ET.fromstring(body)  # noqa: S314 - our own client wrote it
        verb = _header(envelope, "a:Action").rpartition("/")[2]
        with self._lock:
            self.requests[verb] += 1
        try:
            status, content = 200, self._content(envelope, verb, user)
        except FaultError as fault:
            status, content = 500, _fault(fault)
        text = (
            f"<s:Envelope {DECLARATIONS}><s:Header><a:Action>{NAMES['x']}/{verb}Response</a:Action>"
            f"<a:MessageID>uuid:{uuid.uuid4()}</a:MessageID>"
            f"<a:RelatesTo>{_header(envelope, 'a:MessageID')}</a:RelatesTo></s:Header>"
            f"<s:Body>{content}</s:Body></s:Envelope>"
        )
        return status, text.encode(), verb

    def _content(self, envelope: ET.Element, verb: str, user: str) -> str:
        if verb == "Create":
            return self._create(envelope, user)
        shell = self.shells.get(_selected(envelope))
        if shell is None:
            raise FaultError(NOT_THERE, "The request contained invalid selectors for the resource.")
        if verb == "Delete":
            self.shells.pop(shell.identifier).close()
            return ""
        if verb not in _VERBS:
            raise FaultError(2150858771, f"{verb} is not supported")
        return _VERBS[verb](envelope, shell)

    def _create(self, envelope: ET.Element, user: str) -> str:
        resource = _header(envelope, "w:ResourceURI")
        configuration = self.configurations.get(resource.removeprefix(CONFIGURATIONS))
        if configuration is None:
            raise FaultError(NO_RESOURCE, "Cannot find the session configuration on the server.")
        if configuration.users is not None and user not in configuration.users:
            raise FaultError(DENIED, "Access is denied.")
        asked = _element(envelope, "s:Body/rsp:Shell")
        identifier = (asked.get("ShellId") or str(uuid.uuid4())).upper()
        shell = Shell(identifier, configuration, loses_end=self.failures.loses_end)
        self.shells[identifier] = shell
        self.every_shell.append(shell)
        shell.feed(base64.b64decode(asked.findtext("ps:creationXml", "", NAMES)), None)
        selector = f'<w:Selector Name="ShellId">{identifier}</w:Selector>'
        return (
            "<x:ResourceCreated><a:Address>loopback</a:Address><a:ReferenceParameters>"
            f"<w:ResourceURI>{escape(resource)}</w:ResourceURI>"
            f"<w:SelectorSet>{selector}</w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>"
            f"<rsp:Shell><rsp:ShellId>{identifier}</rsp:ShellId></rsp:Shell>"
        )


class _Session(BaseHTTPRequestHandler):
    """One connection; NTLM signs in a connection, basic each request."""

    double: WSManServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = 60
    _user: str | None = None
    _context: Any = None

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Close both files, also where the client is gone: each keeps the socket open."""
        for file in (self.wfile, self.rfile):
            with contextlib.suppress(OSError, ValueError):
                file.close()

    def do_POST(self) -> None:
        """Answer one request, or fail at it as was asked for."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        failures = self.double.failures
        if not self._is_signed_in():
            return
        if failures.hang is not None:
            failures.hang.wait(60)
        if failures.status is not None:
            self._reply(failures.status, b"")
            return
        status, envelope, verb = self.double.answer(body, self._user or "")
        if verb in failures.cut:
            failures.cut.discard(verb)
            self.close_connection = True
            self.connection.close()
            return
        self._reply(status, envelope)

    def _is_signed_in(self) -> bool:
        said = self.headers.get("Authorization", "")
        if self._user and not said:
            return True
        users = self.double.users
        if users is not None and said.startswith("Basic "):
            name, _, password = base64.b64decode(said[6:]).decode().partition(":")
            if users.get(name) == password:
                self._user = name
                return True
        if users is None and said.startswith("Negotiate "):
            return self._step(base64.b64decode(said[10:]))
        self._reply(401, b"", ask="Negotiate" if users is None else 'Basic realm="WSMAN"')
        return False

    def _step(self, token: bytes) -> bool:
        import spnego

        if self._context is None:
            is_plain = token.startswith(b"NTLMSSP\0")
            self._context = spnego.server(protocol="ntlm" if is_plain else "negotiate")
        try:
            answer = self._context.step(token)
        except spnego.exceptions.SpnegoError:
            self._context = None
            self._reply(401, b"", ask="Negotiate")
            return False
        if not self._context.complete:
            self._reply(401, b"", ask=f"Negotiate {base64.b64encode(answer or b'').decode()}")
            return False
        self._user = self._context.client_principal
        return True

    def _reply(self, status: int, body: bytes, *, ask: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/soap+xml;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        if ask:
            self.send_header("WWW-Authenticate", ask)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


def _command(envelope: ET.Element, shell: Shell) -> str:
    line = _element(envelope, "s:Body/rsp:CommandLine")
    identifier = _command_id(line) or uuid.uuid4()
    arguments = line.iterfind("rsp:Arguments", NAMES)
    shell.create(identifier, base64.b64decode("".join(item.text or "" for item in arguments)))
    return (
        f"<rsp:CommandResponse><rsp:CommandId>{str(identifier).upper()}</rsp:CommandId>"
        "</rsp:CommandResponse>"
    )


def _receive(envelope: ET.Element, shell: Shell) -> str:
    wanted = _element(envelope, "s:Body/rsp:Receive/rsp:DesiredStream")
    identifier = _command_id(wanted)
    pipeline = None if identifier is None else shell.pipelines.get(identifier)
    if identifier is not None and (pipeline is None or pipeline.is_told):
        raise FaultError(NOT_THERE, "The command identifier does not exist.")
    size = int(_header(envelope, "w:MaxEnvelopeSize") or 153600) - 2048
    found = shell.receive(identifier, size=size, seconds=_seconds(envelope))
    if found is None:
        raise FaultError(TIMED_OUT, "The operation did not complete within OperationTimeout.")
    fragments, is_last = found
    of = f' CommandId="{str(identifier).upper()}"' if identifier else ""
    streams = "".join(
        f'<rsp:Stream Name="stdout"{of}>{base64.b64encode(fragment).decode()}</rsp:Stream>'
        for fragment in fragments
    )
    done = f"{NAMES['rsp']}/CommandState/Done"
    end = f'<rsp:CommandState{of} State="{done}"><rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState>'
    return f"<rsp:ReceiveResponse>{streams}{end if is_last else ''}</rsp:ReceiveResponse>"


def _send(envelope: ET.Element, shell: Shell) -> str:
    for stream in envelope.iterfind("s:Body/rsp:Send/rsp:Stream", NAMES):
        shell.feed(base64.b64decode(stream.text or ""), _command_id(stream))
    return "<rsp:SendResponse/>"


def _signal(envelope: ET.Element, shell: Shell) -> str:
    signal = _element(envelope, "s:Body/rsp:Signal")
    identifier = _command_id(signal)
    if identifier is not None:
        code = signal.findtext("rsp:Code", "", NAMES)
        shell.stop(identifier, is_end=code.endswith("Terminate"))
    return "<rsp:SignalResponse/>"


def _fault(fault: FaultError) -> str:
    text = escape(str(fault))
    return (
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:Fault</s:Value>"
        f"</s:Subcode></s:Code><s:Reason><s:Text>{text}</s:Text></s:Reason><s:Detail>"
        f'<f:WSManFault Code="{fault.code}"><f:Message>{text}</f:Message></f:WSManFault>'
        "</s:Detail></s:Fault>"
    )


def _header(envelope: ET.Element, name: str) -> str:
    return (envelope.findtext(f"s:Header/{name}", "", NAMES) or "").strip()


def _selected(envelope: ET.Element) -> str:
    selectors = envelope.iterfind("s:Header/w:SelectorSet/w:Selector", NAMES)
    return next((item.text or "" for item in selectors if item.get("Name") == "ShellId"), "")


def _seconds(envelope: ET.Element) -> float:
    found = re.fullmatch(r"PT([0-9.]+)S", _header(envelope, "w:OperationTimeout"))
    return float(found[1]) if found else 20.0


def _command_id(element: ET.Element) -> uuid.UUID | None:
    text = element.get("CommandId")
    return uuid.UUID(text) if text else None


def _element(envelope: ET.Element, path: str) -> ET.Element:
    found = envelope.find(path, NAMES)
    assert found is not None, path
    return found


_VERBS: Mapping[str, Callable[[ET.Element, Shell], str]] = {
    "Command": _command,
    "Receive": _receive,
    "Send": _send,
    "Signal": _signal,
}
