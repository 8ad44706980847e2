"""A mail server in a process of its own, that can be slow, refuse, or hang up after the text.

`python -m tests.mail.smtp_server FOLDER`: writes its port into FOLDER/port, reads before each mail how to
behave from FOLDER/mood, and adds a line of JSON to FOLDER/mails for each mail that it kept.
"""

import asyncio
import json
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

ANSWERS = {
    "later": "451 4.3.0 Come back later",
    "never": "550 5.1.1 No such mailbox",
    "full": "552 5.2.2 Mailbox full",
}
SLOW_SECONDS = 1.0


class Moody:
    """A handler of aiosmtpd that does as its mood says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def mood(self) -> str:
        """Return how to behave now."""
        return (self.folder / "mood").read_text("ascii")

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str) -> str:  # noqa: N802
        session.host_name = hostname
        if self.mood == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        return "250 HELP"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.mood in ("later", "never"):
            return ANSWERS[self.mood]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mood = self.mood
        if mood in ANSWERS:
            return ANSWERS[mood]
        if mood != "drop":
            self.keep(envelope)
        if mood in ("drop", "keep-and-drop"):
            server.transport.abort()
        if mood == "slow-answer":
            await asyncio.sleep(SLOW_SECONDS)
        return "250 OK"

    def keep(self, envelope: Any) -> None:
        """Keep a mail: its head and its text, and to whom it went."""
        mail = message_from_bytes(envelope.content, policy=default)
        heads = {name.lower(): str(value) for name, value in mail.items()}
        line = heads | {"rcpt": envelope.rcpt_tos, "text": mail.get_content(), "mood": self.mood}
        with (self.folder / "mails").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


async def serve(folder: Path) -> None:
    """Serve until the process is stopped."""
    loop = asyncio.get_running_loop()
    asked = int((folder / "port").read_text("ascii")) if (folder / "port").exists() else 0
    server = await loop.create_server(
        lambda: SMTP(Moody(folder), hostname="test", loop=loop), "127.0.0.1", asked
    )
    (folder / "port.new").write_text(str(server.sockets[0].getsockname()[1]), "ascii")
    (folder / "port.new").replace(folder / "port")
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
