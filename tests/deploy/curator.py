"""A curator who signs in as a browser does."""

from dataclasses import dataclass, field

from tests.deploy.fronts import HOST, Answer, Front

BOUNDARY = "a-boundary-of-the-tests"


@dataclass
class Curator:
    """A name, a password, and the cookies that a browser would keep."""

    name: str
    password: str
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, front: Front) -> Answer:
        self.get(front, "/admin/login/")
        fields = {"username": self.name, "password": self.password, "next": "/admin/"}
        answer = self.post(front, "/admin/login/", fields)
        assert answer.status == 302, answer.text
        return answer

    def get(self, front: Front, path: str) -> Answer:
        return self._remembering(front.get(path, self._headers()))

    def post(self, front: Front, path: str, fields: dict[str, str], file: bytes = b"") -> Answer:
        """A form with a field ``file`` in it."""
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        body = _multipart(fields | token, file)
        kind = ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        return self._remembering(front.ask("POST", path, [*self._headers(), kind], body))

    def _headers(self) -> list[tuple[str, str]]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [("Origin", f"https://{HOST}"), ("Accept-Language", "en")]
        return [*headers, ("Cookie", cookies)] if cookies else headers

    def _remembering(self, answer: Answer) -> Answer:
        self.cookies |= answer.cookies
        return answer


def _multipart(fields: dict[str, str], file: bytes) -> bytes:
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    if file:
        parts.append(('name="file"; filename="digest.md"', file))
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {said}\r\n\r\n".encode() + value + b"\r\n"
        for said, value in parts
    )
    return body + f"--{BOUNDARY}--\r\n".encode()
