"""What an org is called by the environment: a token, an app's secret, or an app's key, whichever is there."""

from collections.abc import Mapping
from pathlib import Path

from learngraph.publish.addresses import allowed_hosts
from learngraph.publish.bearer import Bearer
from learngraph.publish.client_credentials import ClientCredentials
from learngraph.publish.credentials import Auth, AuthError
from learngraph.publish.jwt_bearer import LOGIN, JwtBearer
from learngraph.publish.secret import Secret

_ALIASES = {
    "INSTANCE_URL": ("SF_INSTANCE_URL", "SF_ORG_INSTANCE_URL", "SALESFORCE_INSTANCE_URL"),
    "AUDIENCE_URL": ("SF_AUDIENCE_URL", "SALESFORCE_AUDIENCE_URL"),
}
_WAYS = (
    "set SF_INSTANCE_URL and SF_ACCESS_TOKEN; or SF_INSTANCE_URL, SF_CLIENT_ID and SF_CLIENT_SECRET; "
    "or SF_CLIENT_ID, SF_USERNAME and SF_JWT_KEY_FILE"
)


def auth_from(environ: Mapping[str, str]) -> Auth:
    """Choose the way of logging in that the environment has the variables for.

    A token comes first, then an app's secret, then its key. Names beginning with `SF_` come before those
    beginning with `SALESFORCE_`.

    Raises
    ------
    AuthError
        where no way has all of its variables; says which are missing.

    Examples
    --------
    >>> auth_from({"SF_INSTANCE_URL": "https://acme.my.salesforce.com", "SF_ACCESS_TOKEN": "00D000000000001!AQ"})
    Bearer(address='https://acme.my.salesforce.com', token=[secret], allowed=())
    """
    allowed = allowed_hosts(environ)
    token, secret, client = (_value(environ, name) for name in ("ACCESS_TOKEN", "CLIENT_SECRET", "CLIENT_ID"))
    if token:
        return Bearer(_needed(environ, "INSTANCE_URL"), Secret(token), allowed)
    if secret:
        return ClientCredentials(
            _needed(environ, "INSTANCE_URL"), _needed(environ, "CLIENT_ID"), Secret(secret), allowed
        )
    if client:
        audience = _value(environ, "AUDIENCE_URL") or LOGIN
        return JwtBearer(client, _needed(environ, "USERNAME"), _key(environ), audience, allowed)
    raise AuthError("the environment names no org, or no way to log in", _WAYS)


def _names(name: str) -> tuple[str, ...]:
    return _ALIASES.get(name, (f"SF_{name}", f"SALESFORCE_{name}"))


def _value(environ: Mapping[str, str], name: str) -> str:
    return next((value for alias in _names(name) if (value := environ.get(alias, "").strip())), "")


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = _value(environ, name)
    if not value:
        raise AuthError(f"the environment lacks {_names(name)[0]}", _WAYS)
    return value


def _key(environ: Mapping[str, str]) -> Secret:
    key = _value(environ, "JWT_KEY")
    if key:
        return Secret(key.replace("\\n", "\n"))  # settings of servers hold one line
    path = _needed(environ, "JWT_KEY_FILE")
    try:
        return Secret(Path(path).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        fault = error.strerror if isinstance(error, OSError) and error.strerror else "is no key as PEM"
    raise AuthError(f"the key file {path} cannot be read: {fault}")
