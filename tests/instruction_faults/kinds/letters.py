"""What mail servers do."""

from tests.instruction_faults.kinds import KINDS, Play, kind, started, to_the_end
from tests.instruction_faults.world import World


def mail_says(*answers: str) -> Play:
    def play(world: World) -> None:
        world.phone.phone.client.delete("/api/subscription")
        world.mail.answers.extend(answers)
        started(world)
        world.release()
        to_the_end(world)
        world.mail.answers.clear()

    return play


KINDS["mail server greylists"] = mail_says("450 4.2.0 try again", "450 4.2.0 try again")


KINDS["mail bounces"] = mail_says("550 5.1.1 no such user")


KINDS["mail server shuts down mid-letter"] = mail_says(*["421 4.3.2 bye"] * 3)


@kind("mail server down")
def mail_down(world: World) -> None:
    world.phone.phone.client.delete("/api/subscription")
    world.app.state.settings.smtp_port = 9
    started(world)
    world.release()
    to_the_end(world)


@kind("no mail server at all")
def no_mail(world: World) -> None:
    world.phone.phone.client.delete("/api/subscription")
    world.app.state.settings.smtp_host = ""
    started(world)
    world.release()
    to_the_end(world)
