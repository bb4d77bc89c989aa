"""links: whether the links of listed partners lead anywhere. covenant-links(1)."""

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from support import CovenantTest, form, main, options

CLOSED = "http://127.0.0.1:1/"


class Server(ThreadingHTTPServer):
    """Answers by the first part of the path, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.busy = self.most = 0
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        server, what = self.server, self.path.split("/")[1]
        with server.lock:
            before = sum(path == self.path and method == self.command for method, path, _ in server.asked)
            server.asked.append((self.command, self.path, self.headers["User-Agent"]))
            server.busy += 1
            server.most = max(server.most, server.busy)
        if what == "wait":
            threading.Event().wait(0.05)
        if what == "silent":
            threading.Event().wait(3)
        with server.lock:
            server.busy -= 1
        if what == "no-head" and self.command == "HEAD":
            return self.answer(405)
        if what == "cut":
            self.close_connection = True
            return None
        if what == "once" and self.command == "GET" and before:
            return self.answer(200)
        if what == "moved":
            return self.answer(301, "/200/new")
        if what == "odd":
            return self.answer(301, "/200/ß b")
        if what == "loop":
            return self.answer(302, self.path)
        return self.answer(503 if what == "once" else int(what) if what.isdigit() else 200)

    do_GET = do_HEAD

    def answer(self, status, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Links(CovenantTest):
    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def similar(self, name, website, **fields):
        """Listed, though all of them have the same host."""
        partner = self.done("apply", *options(form(name, website=website, applied_on="2024-05-06", **fields)),
                            "--allow-similar").out.split("\t")[0]
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2024-05-06")
        return partner

    def check(self, code, *args):
        """What is found of each URL's path."""
        links = self.exits(code, "links", "--format", "json", *args).json()
        return {link["url"].partition(str(self.server.server_port))[2] or link["url"]: link for link in links}

    def test_each_answer_is_judged(self):
        expected = {
            "/200/": (False, 200, None, None),
            "/no-head/": (False, 200, None, None),
            "/403/": (False, 403, "answers 403", None),
            "/once/": (False, 200, None, None),
            "/404/": (True, 404, "answers 404", None),
            "/410/": (True, 410, "answers 410", None),
            "/500/": (True, 500, "answers 500", None),
            "/moved/": (False, 200, None, self.server.url("/200/new")),
            "/loop/": (True, None, "too many redirects", self.server.url("/loop/")),
            "/cut/": (True, None, "connection failed", None),
            CLOSED: (True, None, "connection failed", None),
            "http://no-such-host.invalid/": (True, None, "host not found", None),
        }
        for number, path in enumerate(expected, 1):
            self.similar(f"Association {number}", path if path.startswith("http") else self.server.url(path))
        found = self.check(10)
        self.assertEqual({path: (link["broken"], link["status"], link["reason"], link["location"])
                          for path, link in found.items()}, expected)
        asked = Counter((method, path) for method, path, _ in self.server.asked)
        self.assertEqual((asked["HEAD", "/500/"], asked["GET", "/500/"]), (1, 2))
        self.assertEqual((asked["HEAD", "/200/"], asked["GET", "/200/"]), (1, 0))
        self.assertEqual({agent for _, _, agent in self.server.asked}, {self.server.asked[0][2]})
        self.assertRegex(self.server.asked[0][2], r"\Acovenant/\d\S* \(link check\)\Z")

    def test_the_table_has_what_is_broken_or_moved(self):
        self.similar("Association", self.server.url("/404/"), practices=f"Guide <{self.server.url('/200/')}>\nMap <{self.server.url('/moved/')}>")
        result = self.exits(10, "links")
        self.assertEqual(result.err, "Checked 3 links: 1 broken, 1 moved.\n")
        rows = [line.split() for line in result.out.splitlines()]
        self.assertEqual(rows, [["id", "field", "state", "reason", "url"],
                                ["AP-0001", "website", "broken", "answers", "404", self.server.url("/404/")],
                                ["AP-0001", "practices", "moved", "to", self.server.url("/200/new"),
                                 self.server.url("/moved/")]])

    def test_no_answer_in_time_is_broken(self):
        self.similar("Association", self.server.url("/silent/"))
        link = self.check(10, "--timeout", "1")["/silent/"]
        self.assertEqual((link["broken"], link["status"], link["reason"]), (True, None, "no answer in time"))

    def test_at_most_two_of_a_host_are_asked_at_once(self):
        lines = "\n".join(f"Practice {i} <{self.server.url(f'/wait/{i}')}>" for i in range(12))
        self.similar("Association", self.server.url("/200/"), practices=lines)
        self.assertEqual(len(self.check(0)), 13)
        self.assertLessEqual(self.server.most, 2)

    def test_a_broken_website_is_due_until_it_is_mended_or_another(self):
        partner = self.similar("Association", self.server.url("/404/"), practices=f"Map <{self.server.url('/410/')}>")
        events = len(self.events())
        self.check(10)
        [item] = [item for item in self.exits(10, "due", "--format", "json").json() if item["kind"] == "website"]
        self.assertEqual((item["id"], item["command"]), (partner, f"covenant update {partner} --website URL"))
        self.sql("UPDATE link SET broken_since = '2026-01-02'")
        self.check(10)
        self.assertEqual({row[0] for row in self.sql("SELECT broken_since FROM link")}, {"2026-01-02"})
        self.assertEqual(len(self.events()), events)
        self.assertEqual(self.exits(0, "check").code, 0)
        self.done("update", partner, "--website", self.server.url("/200/"), "--allow-similar")
        self.assertNotIn("website", self.covenant("due").out)
        self.done("update", partner, "--website", self.server.url("/404/"), "--allow-similar")
        self.done("withdraw", partner)
        self.assertNotIn("website", self.covenant("due").out)
        self.assertEqual(self.check(0), {})
        self.assertEqual(self.sql("SELECT count(*) FROM link"), [(0,)])

    def test_a_practice_that_is_erased_is_forgotten_here_too(self):
        partner = self.similar("Association", self.server.url("/200/"),
                               practices=f"Talks of Ann Example <{self.server.url('/200/ann-example')}>")
        self.check(0)
        self.done("erase", partner, "--person", "Ann Example")
        self.assertEqual(self.sql("SELECT field FROM link"), [("website",)])

    def test_what_a_server_writes_is_stored_as_a_url(self):
        self.similar("Odd Association", self.server.url("/odd"))
        self.assertEqual(self.check(0)["/odd"]["location"], self.server.url("/200/%df%20b"))
        self.assertEqual(self.done("check").err, f"{self.registry} is sound.\n")

    def test_a_row_that_no_check_writes_is_damage(self):
        self.similar("First Association", self.server.url("/404/a"))
        self.exits(10, "links")
        for column, value in (("checked_on", "yesterday"), ("broken_since", "2099-01-01"), ("broken_since", "2024-02-30"),
                              ("status", -7), ("reason", "\x1b[31m"), ("location", "\n"), ("url", "\x07")):
            with self.subTest(column=column, value=value):
                [[before]] = self.sql(f"SELECT {column} FROM link")
                self.sql(f"UPDATE link SET {column} = ?", value)
                self.assertIn("table link: a row of AP-0001", self.exits(8, "check").out)
                self.sql(f"UPDATE link SET {column} = ?", before)
        self.done("check")

    def test_the_user_agent_names_the_site(self):
        self.similar("Association", self.server.url("/200/"))
        self.file("c.toml", '[site]\nbase_url = "https://partners.example.org/"\n')
        self.check(0, "--config", "c.toml")
        self.assertIn("; +https://partners.example.org/)", self.server.asked[0][2])

    def test_nobody_is_asked_when_there_is_nothing_to_ask(self):
        self.apply(website=self.server.url("/404/"))
        self.assertEqual(self.done("links").err, "Checked 0 links.\n")
        self.assertEqual(self.server.asked, [])

    def test_wrong_options(self):
        for args in (("--timeout", "0"), ("--timeout", "x"), ("--timeout", "301"), ("--format", "csv"), ("x",)):
            self.fails(2, "links", *args)


if __name__ == "__main__":
    main()
