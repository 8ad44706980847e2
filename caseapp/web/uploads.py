"""A file that somebody sends: it stays in memory, because a copy on disk would lie there unsealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Final

from flask import Request
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage

from caseapp.web.fields import Asked, BadFieldsError
from caseapp.web.i18n import Words

LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name without a folder, and its bytes."""

    name: str
    data: bytes


class InMemoryRequest(Request):
    """A request that never writes a file that was sent to disk, however large it is."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Return the stream that werkzeug reads a file into."""
        return BytesIO()


class UploadField(Asked[Upload]):
    """A file to choose; `most` is how many bytes it may have, `too_big` what is said of a larger one."""

    look = "file"

    def __init__(
        self, label: Words, *args: Any, most: int, too_big: Words, accept: str = "", **rest: Any
    ) -> None:
        """Ask for a file of at most `most` bytes; `accept` is what the browser offers first."""
        super().__init__(label, *args, **rest)
        self.most = most
        self.too_big = too_big
        self.accept = accept

    @property
    def shown(self) -> str:
        """Return nothing: no browser takes a file back."""
        return ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file; none was chosen when it has no name. A text is not from our page."""
        self.data = None
        for sent in valuelist:
            if isinstance(sent, FileStorage):
                self.data = self._taken(sent)
            elif sent:
                raise BadFieldsError(self.name)

    def _taken(self, sent: FileStorage) -> Upload | None:
        if not sent.filename:
            return None
        return Upload(_bare(sent.filename), sent.stream.read(self.most + 1))

    def check(self, answer: Upload) -> None:
        """Refuse a file that is too large."""
        if len(answer.data) > self.most:
            raise ValueError(self.too_big)


def _bare(name: str) -> str:
    """Return the name of a file without folders and without signs that nobody sees."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(_seen(last))[:LONGEST_NAME].strip() or str(_("list"))


def _seen(name: str) -> Iterator[str]:
    return (sign for sign in name if sign.isprintable())
