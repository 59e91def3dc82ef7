"""Fixtures that need a program outside Python: a real Neo4j server and a real browser.

Both start once a session, and only when a test asks for them. What is missing on the machine makes the test
fail with the name of what to install; nothing is skipped.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tools.neo4j_server import Neo4jServer, Neo4jServerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import py2neo
    from neo4j import Driver
    from playwright.sync_api import Browser, ConsoleMessage, Page, Route

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A second lock beside the route: no host name resolves, whatever part of the browser asks.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LOCAL_SCHEMES = ("file:", "data:", "blob:", "about:")


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """Return the session's Neo4j server; its database holds whatever the last test left."""
    server = Neo4jServer(heap="768m", pagecache="128m")
    problem = None
    try:
        server.start()
    except Neo4jServerError as error:
        server.stop()
        problem = str(error)
    if problem:  # outside the handler, so that pytest shows this message alone
        pytest.fail(problem, pytrace=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _session_driver(neo4j_server: Neo4jServer) -> Iterator[Driver]:
    from neo4j import GraphDatabase, NotificationMinimumSeverity

    auth = (neo4j_server.user, neo4j_server.password)
    with GraphDatabase.driver(
        neo4j_server.uri, auth=auth, notifications_min_severity=NotificationMinimumSeverity.OFF
    ) as driver:
        yield driver


@pytest.fixture
def neo4j_driver(_session_driver: Driver) -> Driver:
    """Return the official driver, connected to an empty database: no nodes, constraints or indexes."""
    _empty(_session_driver)
    return _session_driver


@pytest.fixture
def neo4j_uri(neo4j_server: Neo4jServer, neo4j_driver: Driver, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the Bolt address of an empty database, with its password in ``NEO4J_PASSWORD``."""
    assert neo4j_driver is not None  # asked for, since it empties the database
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    return neo4j_server.uri


@pytest.fixture
def neo4j_auth(neo4j_server: Neo4jServer) -> tuple[str, str]:
    """Return user and password of the session's server."""
    return (neo4j_server.user, neo4j_server.password)


@pytest.fixture
def py2neo_graph(neo4j_uri: str, neo4j_auth: tuple[str, str]) -> Iterator[py2neo.Graph]:
    """Return a ``py2neo.Graph`` on an empty database; the connections that py2neo leaves open are closed."""
    from py2neo import Graph

    graph = Graph(neo4j_uri, auth=neo4j_auth)
    yield graph
    graph.service.connector.close()


def _empty(driver: Driver) -> None:
    with driver.session() as session:
        for record in session.run("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name").fetch(10_000):
            session.run(f"DROP CONSTRAINT `{record['name']}`").consume()
        named = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name ORDER BY name"
        for record in session.run(named).fetch(10_000):
            session.run(f"DROP INDEX `{record['name']}`").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS").consume()


@dataclass
class BrowserPage:
    """A browser page without a network.

    Attributes:
        page: The Playwright page.
        blocked_requests: Every request that was not for a local file; any left at the end fails the test.
        console_errors: Errors on the console and exceptions nobody caught, for the test to judge.
        allowed: Prefixes of addresses that may be asked for, such as ``http://127.0.0.1:8000/``.
    """

    page: Page
    blocked_requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def open(self, path: Path) -> Page:
        """Open a local file and return the page once it has loaded."""
        self.page.goto(path.resolve().as_uri(), wait_until="load")
        return self.page

    def route(self, route: Route) -> None:
        """Let a request for a local file or an allowed address through; record and abort any other."""
        address = route.request.url
        if address.startswith((*LOCAL_SCHEMES, *self.allowed)):
            route.continue_()
        else:
            self.blocked_requests.append(address)
            route.abort()

    def record_console(self, message: ConsoleMessage) -> None:
        """Record an error that the page wrote on its console."""
        if message.type == "error":
            self.console_errors.append(message.text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the session's headless Chromium, the system's own (or the one ``GOVGRAPH_CHROMIUM`` names)."""
    named = os.environ.get("GOVGRAPH_CHROMIUM")
    chromium = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        pytest.fail("Chromium is missing: run tools/setup.sh, or apt-get install chromium", pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[BrowserPage]:
    """Return a fresh page with the network blocked; a request for anything but a file fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN", service_workers="block")
    recorded = BrowserPage(context.new_page())
    context.route("**/*", recorded.route)
    context.route_web_socket("**/*", lambda socket: recorded.blocked_requests.append(socket.url))
    recorded.page.on("console", recorded.record_console)
    recorded.page.on("pageerror", lambda error: recorded.console_errors.append(str(error)))
    yield recorded
    context.close()
    assert recorded.blocked_requests == [], "the page asked for something beyond its own file"
