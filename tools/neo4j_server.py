"""Run a real Neo4j Community server from its Maven jars, without Docker, for tests and benchmarks.

As a library::

    with Neo4jServer() as server:
        driver = GraphDatabase.driver(server.uri, auth=(server.user, server.password))

As a command::

    python tools/neo4j_server.py fetch    # download the jars once
    python tools/neo4j_server.py run      # run a server until Ctrl-C

The jars are fetched once into ``$GOVGRAPH_CACHE`` (default ``~/.cache/govgraph``). Each server has a home
folder and free ports of its own, so that several can run side by side. Java 17 or 21 is needed, and Maven
for the first fetch; ``tools/setup.sh`` installs both.
"""

from __future__ import annotations

import argparse
import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

POM = Path(__file__).parent / "neo4j" / "pom.xml"
MAVEN_NAMESPACE = {"m": "http://maven.apache.org/POM/4.0.0"}

# Neo4j's own start script opens these packages; without them the server dies on its first page fault.
JVM_OPENS = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "sun.nio.ch", "java.util.concurrent", "java.lang")
)
# Chinese file names and relation types on the command line need a UTF-8 locale on the Java side too.
JVM_UTF8 = ("-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8")

LOG_TAIL_LINES = 25
STOP_SECONDS = 30


class Neo4jServerError(RuntimeError):
    """The server could not be fetched, started or administered; the message says what to do."""


def neo4j_version() -> str:
    """Return the Neo4j version that ``tools/neo4j/pom.xml`` asks for."""
    version = ElementTree.parse(POM).findtext("m:properties/m:neo4j.version", namespaces=MAVEN_NAMESPACE)
    if not version:
        raise Neo4jServerError(f"{POM}: no <neo4j.version> in <properties>")
    return version


def jars_dir() -> Path:
    """Return the folder that holds, or will hold, the jars."""
    cache = os.environ.get("GOVGRAPH_CACHE") or Path.home() / ".cache" / "govgraph"
    return Path(cache) / f"neo4j-{neo4j_version()}"


def fetch_jars() -> Path:
    """Download the jars if they are not there yet, and return their folder.

    The folder appears whole or not at all: Maven writes beside it, and a rename completes it. Two processes
    that fetch at once both succeed; the later one discards its copy.
    """
    target = jars_dir()
    if target.is_dir():
        return target
    maven = _required_program("mvn", "Maven", "apt-get install maven")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        goal = "dependency:copy-dependencies"
        command = [maven, "-q", "-B", "-f", str(POM), goal, f"-DoutputDirectory={partial}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise Neo4jServerError(
                f"Maven could not fetch Neo4j {neo4j_version()}; is its repository reachable?\n"
                + _tail(done.stdout + done.stderr)
            )
        partial.chmod(0o755)
        try:
            partial.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


class Neo4jServer:
    """A Neo4j server of its own: temporary home, free Bolt port, random password.

    Args:
        home: The server's home folder, kept afterwards; by default a temporary one, removed by :meth:`stop`.
        heap: Largest Java heap, as Neo4j writes it (``512m``, ``2g``).
        pagecache: Size of the page cache, in the same form.
        config: Further lines of ``neo4j.conf``; they win over the ones written here.
        password: The password of the user ``neo4j``, at least eight characters; by default a random one.
        start_seconds: How long to wait for Bolt before giving up.

    Attributes:
        uri: The Bolt address, ``bolt://127.0.0.1:PORT``; the port is chosen when the object is made.
        user: Always ``neo4j``.
        password: The password in use.
        home: The home folder; ``home/logs/neo4j.log`` is the server's log.

    Call :meth:`run_admin` before :meth:`start` for an offline import. A stopped server with a ``home`` of its
    own can be started again, and keeps its data.
    """

    user = "neo4j"

    def __init__(
        self,
        *,
        home: Path | None = None,
        heap: str = "1g",
        pagecache: str = "256m",
        config: Mapping[str, str] | None = None,
        password: str | None = None,
        start_seconds: float = 120,
    ) -> None:
        self._temporary = home is None
        self.home = home or Path(tempfile.mkdtemp(prefix="govgraph-neo4j-"))
        self.heap = heap
        self.pagecache = pagecache
        self.password = password or secrets.token_hex(12)
        self.start_seconds = start_seconds
        self.port = _free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._config = dict(config or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._handles_sigterm = False

    def __enter__(self) -> Neo4jServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.home / "logs" / "neo4j.log"

    @property
    def pid(self) -> int | None:
        """The process id of the running server, or None."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the server and return when it answers a query over Bolt; nothing if it runs already."""
        if self.pid is not None:
            return
        self._prepare_home()
        atexit.register(self.stop)
        self._stop_on_sigterm()
        # The server writes its own log; what the JVM itself says (no memory, wrong flag) goes to jvm.log.
        with (self.home / "logs" / "jvm.log").open("ab") as jvm_log:
            self._process = subprocess.Popen(
                [
                    *self._java(),
                    f"-Xms{self.heap}",
                    f"-Xmx{self.heap}",
                    *JVM_OPENS,
                    *JVM_UTF8,
                    *("-cp", f"{fetch_jars()}/*"),
                    "org.neo4j.server.CommunityEntryPoint",
                    f"--home-dir={self.home}",
                    f"--config-dir={self.home / 'conf'}",
                ],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=jvm_log,
                stderr=jvm_log,
            )
        try:
            self._wait_for_bolt()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server by its process id, and remove a temporary home; nothing if already stopped."""
        atexit.unregister(self.stop)
        self._restore_sigterm()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def run_admin(self, args: Sequence[str], *, heap: str | None = None) -> str:
        """Run ``neo4j-admin ARGS`` on this home while the server is stopped, and return what it printed.

        It runs in the home folder, where its report goes: give absolute paths. For example
        ``["database", "import", "full", "neo4j", "--overwrite-destination=true", "--nodes=组织=/a/b.csv"]``.

        Raises:
            Neo4jServerError: The server runs, or the command failed; the message has its last lines.
        """
        if self.pid is not None:
            raise Neo4jServerError("neo4j-admin works offline: stop the server first")
        self._prepare_home()
        return self._admin(args, heap=heap or self.heap)

    def _admin(self, args: Sequence[str], *, heap: str) -> str:
        command = [*self._java(), f"-Xmx{heap}", *JVM_OPENS, *JVM_UTF8, "-cp", f"{fetch_jars()}/*"]
        done = subprocess.run(
            [*command, "org.neo4j.cli.AdminTool", *args],
            cwd=self.home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise Neo4jServerError(f"neo4j-admin {' '.join(args[:3])} failed:\n{_tail(done.stdout)}")
        return done.stdout

    def _java(self) -> tuple[str, ...]:
        return (_required_program("java", "Java 17", "apt-get install openjdk-17-jre-headless"),)

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "NEO4J_HOME": str(self.home),
            "NEO4J_CONF": str(self.home / "conf"),
            "LC_ALL": "C.UTF-8",
        }

    def _prepare_home(self) -> None:
        """Write the configuration and, on a new home, the password."""
        for folder in ("conf", "data", "logs", "plugins", "import", "run"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.heap.initial_size": self.heap,
            "server.memory.heap.max_size": self.heap,
            "server.memory.pagecache.size": self.pagecache,
            "dbms.usage_report.enabled": "false",
            # Without these two an orderly stop waits 10 s for clients that are long gone.
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
            "internal.dbms.bolt.netty_server_shutdown_timeout": "1",
        } | self._config
        lines = "".join(f"{key}={value}\n" for key, value in settings.items())
        (self.home / "conf" / "neo4j.conf").write_text(lines, encoding="utf-8")
        if not (self.home / "data" / "dbms" / "auth.ini").exists() and not self._has_databases():
            self._admin(["dbms", "set-initial-password", self.password], heap="256m")

    def _has_databases(self) -> bool:
        return (self.home / "data" / "databases" / "system").exists()

    def _wait_for_bolt(self) -> None:
        # Imported here: fetching jars must work before the package's dependencies are installed.
        import neo4j
        from neo4j.exceptions import AuthError, DriverError, Neo4jError

        deadline = time.monotonic() + self.start_seconds
        while not self._port_is_open():
            self._check_start(deadline, "it does not listen")
            time.sleep(0.1)
        with neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            while True:
                try:
                    driver.execute_query("RETURN 1")
                except AuthError as error:
                    message = f"{self.home} was made with another password than the one given"
                    raise Neo4jServerError(message) from error
                except (DriverError, Neo4jError) as error:
                    self._check_start(deadline, str(error))
                    time.sleep(0.2)
                else:
                    return

    def _port_is_open(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _check_start(self, deadline: float, reason: str) -> None:
        """Raise if the process has ended or the deadline has passed."""
        assert self._process is not None
        code = self._process.poll()
        if code is None and time.monotonic() < deadline:
            return
        what = f"did not answer in {self.start_seconds:g} s ({reason})" if code is None else f"ended with {code}"
        logs = [path for path in (self.log, self.home / "logs" / "jvm.log") if path.exists()]
        tail = "\n".join(_tail(path.read_text(encoding="utf-8", errors="replace")) for path in logs)
        raise Neo4jServerError(f"Neo4j {what}; the end of its logs:\n{tail}")

    def _stop_on_sigterm(self) -> None:
        """Turn SIGTERM into a normal exit, so that ``atexit`` stops the server; by default it would not."""
        if threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _exit_on_signal)
            self._handles_sigterm = True

    def _restore_sigterm(self) -> None:
        if self._handles_sigterm and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._handles_sigterm = False


def _exit_on_signal(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _required_program(name: str, title: str, how: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Neo4jServerError(f"{title} is missing ({name} not on PATH): run tools/setup.sh, or {how}")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-LOG_TAIL_LINES:])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description="Neo4j from its Maven jars, for tests and benchmarks.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch", help="download the jars once and print their folder")
    run = commands.add_parser("run", help="run a server until Ctrl-C")
    run.add_argument("--home", type=Path, help="home folder to keep (default: a temporary one)")
    run.add_argument("--heap", default="1g")
    run.add_argument("--pagecache", default="256m")
    options = parser.parse_args(argv)
    try:
        if options.command == "fetch":
            print(fetch_jars())
            return 0
        # The password comes by environment, never by flag, so that it does not show in the process list.
        password = os.environ.get("NEO4J_PASSWORD")
        server = Neo4jServer(home=options.home, heap=options.heap, pagecache=options.pagecache, password=password)
        with server:
            shown = "(from NEO4J_PASSWORD)" if password else server.password
            print(
                f"uri:      {server.uri}\nuser:     {server.user}\npassword: {shown}\nCtrl-C stops it.",
                flush=True,
            )
            while server.pid is not None:
                time.sleep(0.5)
        print("Neo4j ended by itself; see its log", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    except Neo4jServerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
