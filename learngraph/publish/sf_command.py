"""Logging in by the sf command line, which knows orgs by aliases and renews their sessions itself."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learngraph.markup import printable
from learngraph.publish.credentials import AuthError, Credentials, PostForm, checked
from learngraph.publish.secret import Secret, without_tokens

_ALIAS = re.compile(r"\w[\w.@+-]*")  # nothing that a command line of any system takes for more than a name
_SHOWN = 300
_UNKNOWN = 127  # the exit code for a command that there is not
_REDACTED = "[REDACTED]"
_QUIET = {"NO_COLOR": "1", "FORCE_COLOR": "0", "SF_JSON_TO_STDOUT": "true", "SF_AUTOUPDATE_DISABLE": "true"}


@dataclass(frozen=True, slots=True)
class SfCommand:
    """An org by its alias or user name of the sf command line.

    `seconds` is how long each call of it may take.
    """

    alias: str
    allowed: tuple[str, ...] = ()
    seconds: float = 60

    @property
    def renewable(self) -> bool:
        """Always: the command renews the session before it shows the token."""
        return True

    def credentials(self, post_form: PostForm) -> Credentials:  # noqa: ARG002 - as every way has it
        """Ask the command for the token, and for the address of the org.

        Raises
        ------
        AuthError
            where there is no such command or org, or it does not show the token.
        UnsafeAddressError
            where no token may be sent to the address.
        """
        if not _ALIAS.fullmatch(self.alias):
            raise AuthError(f"{printable(self.alias)[:_SHOWN]!r} is no alias of the sf command line")
        program = shutil.which("sf")
        if program is None:
            raise AuthError("the sf command line is not installed", "install it, or use --org env")
        token = self._token(program)
        shown = self._result(program, ("org", "display")) or {}
        address = shown.get("instanceUrl")
        if not isinstance(address, str):
            raise AuthError(f"the sf command line does not say where {self.alias} is")
        return checked(address, (token or _text(shown, "accessToken")).reveal(), allowed=self.allowed, source="sf")

    def _token(self, program: str) -> Secret | None:
        """Give the token, or None where the command is too old to show it in its own way."""
        result = self._result(program, ("org", "auth", "show-access-token"))
        return None if result is None else _text(result, "accessToken")

    def _result(self, program: str, command: Sequence[str]) -> Mapping[str, Any] | None:
        """Give what a command answers; None where there is no such command."""
        # the program is found by its name alone, and the alias is nothing but a name: no shell reads either
        done = _run([program, *command, "-o", self.alias, "--json"], self.seconds)
        answer = _json(done.stdout)
        if done.returncode == _UNKNOWN or (answer is None and "is not a sf command" in done.stderr):
            return None
        if done.returncode != 0 or answer is None or not isinstance(answer.get("result"), dict):
            said = printable(without_tokens(str((answer or {}).get("message", "it did not say why"))))
            hint = f"try: sf org login web -a {self.alias}"
            raise AuthError(f"the sf command line gave nothing for {self.alias}: {said[:_SHOWN]}", hint)
        result: Mapping[str, Any] = answer["result"]
        return result


def _text(result: Mapping[str, Any], name: str) -> Secret:
    value = result.get(name)
    return Secret(value if isinstance(value, str) else "")


def _json(text: str) -> dict[str, Any] | None:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _run(command: list[str], seconds: float) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(  # noqa: S603 - see where it is called
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
            env={**os.environ, **_QUIET},
        )
    except subprocess.TimeoutExpired:
        fault = f"did not answer within {seconds:g} s"  # what was raised holds what the command had said
    except OSError as error:
        fault = f"cannot be run: {error.strerror}"
    raise AuthError(f"the sf command line {fault}")
