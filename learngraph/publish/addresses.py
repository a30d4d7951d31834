"""Where a token may be sent: hosts of Salesforce, those that the user names, and the machine itself."""

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from learngraph.errors import LearnGraphError
from learngraph.markup import printable

#: what the names of Salesforce's hosts end with
SALESFORCE = (".salesforce.com", ".force.com", ".salesforce.mil")

#: the environment variable that names further hosts, with commas between them
ALLOWED_HOSTS = "LEARNGRAPH_ALLOWED_HOSTS"

_SHOWN = 200
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_ODD = re.compile(r"[^\x21-\x5b\x5d-\x7e]")  # programs do not agree on where such an address leads


class UnsafeAddressError(LearnGraphError, ValueError):
    """An address to which no token is sent.

    Attributes
    ----------
    address
        The address, without a name or password that it held.
    fault
        Why nothing is sent there.
    """

    def __init__(self, address: str, fault: str) -> None:
        super().__init__(address, fault)
        self.address = address
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.address or 'the address'}: {self.fault}"


def safe_origin(address: str, *, allowed: Iterable[str] = ()) -> str:
    """Give scheme, host and port of an address to which a token may be sent.

    That is https to a host of Salesforce or to one that `allowed` names in full, and http or https to the
    machine itself. A bare host is read as https.

    Raises
    ------
    UnsafeAddressError
        where no token may be sent there.

    Examples
    --------
    >>> safe_origin("acme.my.salesforce.com/")
    'https://acme.my.salesforce.com'
    >>> safe_origin("http://localhost:8080")
    'http://localhost:8080'
    """
    parts = _parts(address)
    host = (parts.hostname or "").rstrip(".")
    shown = _without_userinfo(address)
    local = is_loopback(host)
    if not local and not _NAME.fullmatch(host):
        raise UnsafeAddressError(shown, "names no host")
    if parts.scheme != "https" and not local:
        raise UnsafeAddressError(shown, "is not https: a token is sent in the clear to this machine only")
    if not local and not host.endswith(SALESFORCE) and host not in {name.lower().strip() for name in allowed}:
        fault = f"{host} is no host of Salesforce: a token goes there only where {ALLOWED_HOSTS} names it"
        raise UnsafeAddressError(shown, fault)
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def is_loopback(host: str) -> bool:
    """Whether a host is the machine itself: localhost, 127.0.0.0/8 or ::1, in the usual spelling."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def allowed_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Read the further hosts that the environment names.

    Examples
    --------
    >>> allowed_hosts({"LEARNGRAPH_ALLOWED_HOSTS": "crm.acme.edu, proxy.acme.edu"})
    ('crm.acme.edu', 'proxy.acme.edu')
    """
    return tuple(name.strip() for name in environ.get(ALLOWED_HOSTS, "").split(",") if name.strip())


def _parts(address: str) -> SplitResult:
    whole = address.strip()
    if "://" not in whole:
        whole = f"https://{whole}"
    shown = _without_userinfo(address)
    try:
        parts = urlsplit(whole)
        _ = parts.port  # a port that is none is found when it is read
    except ValueError:
        raise UnsafeAddressError(shown, "is no address") from None
    if _ODD.search(whole) or parts.scheme not in {"http", "https"}:
        raise UnsafeAddressError(shown, "is no address of the form https://NAME.my.salesforce.com")
    if "@" in whole:
        raise UnsafeAddressError(shown, "holds a name or a password: leave out what is before the @")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise UnsafeAddressError(shown, "has more than a host: leave out what follows it")
    return parts


def _without_userinfo(address: str) -> str:
    scheme, _, rest = address.strip().rpartition("://")
    name = rest.rpartition("@")[2].partition("?")[0].partition("#")[0]
    return printable((f"{scheme}://" if scheme else "") + name)[:_SHOWN]
