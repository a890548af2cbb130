"""Two windows press at the same moment: who won, and what the other one reads."""

from playwright.sync_api import Response, Route

from tests.browser.loop.people import Counsellor

IS_ANSWERED = "() => window.pressed !== true && document.readyState === 'complete'"
PRESS = """button => {
  window.pressed = true
  document.querySelector(button).click()
}"""
# Reports of one place and hour come together as a case; here each is answered alone.
ALONE = "document.querySelectorAll('[name=also]').forEach(box => { box.checked = false })"


class Race:
    """Two counsellors, by name. What they send waits at a barrier until both have pressed."""

    def __init__(self, runners: dict[str, Counsellor]) -> None:
        self.runners = runners
        self.at_barrier: list[Route] = []
        self.broken: list[str] = []
        for runner in runners.values():
            runner.page.on("response", self._note_broken)

    def open(self, *paths: str) -> None:
        """Each in turn opens a page of their own, or the only one that is given."""
        for place, runner in enumerate(self.runners.values()):
            runner.go(paths[place % len(paths)])
            runner.page.evaluate(ALONE)

    def press(self, button: str) -> dict[str, str]:
        """What each of them reads as refused; nothing for who won. No answer may be a 5xx."""
        pages = [runner.page for runner in self.runners.values()]
        for page in pages:
            page.route("**/*", self._hold)
            page.evaluate(PRESS, button)
        for page in pages:
            page.wait_for_function(IS_ANSWERED)
            page.unroute("**/*")
        assert self.broken == []
        return {name: self._refusal(runner) for name, runner in self.runners.items()}

    def _hold(self, route: Route) -> None:
        if route.request.method != "POST" or not route.request.is_navigation_request():
            route.continue_()
            return
        self.at_barrier.append(route)
        if len(self.at_barrier) == len(self.runners):
            while self.at_barrier:
                self.at_barrier.pop().continue_()

    def _note_broken(self, answer: Response) -> None:
        if answer.status >= 500:
            self.broken.append(answer.url)

    def _refusal(self, runner: Counsellor) -> str:
        return "".join(runner.page.locator("[role=alert]").all_inner_texts())


def winner_of(read: dict[str, str]) -> str:
    """Exactly one was refused nothing."""
    (winner,) = [name for name, refusal in read.items() if not refusal]
    return winner
