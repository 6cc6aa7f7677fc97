"""A mail server on a free port of this machine. It prints the port, then each mail as JSON.

What it does with a mail depends on whom it is to: `later@` is refused for now the first time,
`never@` for good, and `vanish@` is taken without an answer.
"""

import asyncio
import json

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self):
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "never":
            return "550 5.1.1 nobody here"
        if name == "later" and name not in self.refused:
            self.refused.add(name)
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {"to": envelope.rcpt_tos, "data": envelope.content.decode()}
        print(json.dumps(mail), flush=True)
        if envelope.rcpt_tos[0].startswith("vanish@"):
            server.transport.abort()
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    keeper = Keeper()
    server = await loop.create_server(lambda: SMTP(keeper), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
