"""Who may come in: addresses that work once, and the session that a used address starts.

A sign-in token is a file, named after the token's digest, in the folder `run` of the data folder:
only the account that owns the folder can make one, and removing a file can succeed only once.
It does not know who the person is; the one account of this machine is the boundary.
"""

import hashlib
import os
import secrets
import time
from pathlib import Path
from typing import Any, Final

from jupyter_server.auth.identity import IdentityProvider, User

TOKEN_SECONDS: Final = 24 * 60 * 60
SESSION_DAYS: Final = 0.5
_SECRET: Final = "cookie_secret"
_DIGEST_LENGTH: Final = 64


def run_folder(folder: Path) -> Path:
    """Give the folder, closed to others, for what only a running server needs."""
    run = folder / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    return run


def mint_token(folder: Path) -> str:
    """Make a token that signs in once, within a day; tokens out of date are removed."""
    run = run_folder(folder)
    for old in run.iterdir():
        if len(old.name) == _DIGEST_LENGTH and _is_old(old):
            old.unlink(missing_ok=True)
    token = secrets.token_urlsafe(32)
    _token_file(folder, token).touch(mode=0o600, exist_ok=False)
    return token


def redeem(folder: Path, token: str) -> bool:
    """Use a token up; tell whether it was one, not used before and not out of date."""
    file = _token_file(folder, token)
    try:
        is_old = _is_old(file)
        file.unlink()
    except FileNotFoundError:
        return False
    return not is_old


def _token_file(folder: Path, token: str) -> Path:
    return run_folder(folder) / hashlib.sha256(token.encode()).hexdigest()


def _is_old(file: Path) -> bool:
    return time.time() - file.stat().st_mtime > TOKEN_SECONDS


def cookie_secret(folder: Path) -> bytes:
    """Give the secret that signs sessions; it is kept, so that a restart signs nobody out."""
    file = run_folder(folder) / _SECRET
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(descriptor, "wb") as written:
        secret = secrets.token_bytes(32)
        written.write(secret)
    return secret


class SignIn(IdentityProvider):
    """Know a session by its signed cookie alone."""

    auth_enabled = True
    login_available = False

    def get_user(self, handler: Any) -> User | None:
        """Give the session of a request, or None."""
        name = self.get_cookie_name(handler)
        session = handler.get_signed_cookie(name, max_age_days=SESSION_DAYS)
        return User(session.decode()) if session else None

    def start_session(self, handler: Any) -> None:
        """Give the browser a new session, for half a day at most."""
        handler.set_signed_cookie(
            self.get_cookie_name(handler),
            secrets.token_hex(16),
            expires_days=SESSION_DAYS,
            path="/",
            httponly=True,
            samesite="Strict",
        )
