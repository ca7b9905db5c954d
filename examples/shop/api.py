"""A shop's API: orders are kept in PostgreSQL, the number of orders in Redis."""

import json
import os
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def sql(statement, **values):
    """One statement through psql, its values passed as variables that psql quotes."""
    settings = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    return subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", *settings],
        input=statement, capture_output=True, text=True, check=True,
    ).stdout.strip()


def cache(*words):
    return subprocess.run(
        ["redis-cli", "-s", os.environ["SHOP_CACHE"], *words], capture_output=True, text=True, check=True
    ).stdout.strip()


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"orders": int(sql("SELECT count(*) FROM orders")), "cache": cache("ping")})
        elif self.path.startswith("/orders/"):
            item = sql("SELECT item FROM orders WHERE id = :'id'::bigint", id=self.path.rsplit("/", 1)[1])
            self.answer(200 if item else 404, {"item": item, "sold": int(cache("get", "sold") or 0)})
        else:
            self.answer(404, {})

    def do_POST(self):
        item = self.rfile.read(int(self.headers["Content-Length"])).decode()
        order = sql("INSERT INTO orders (item) VALUES (:'item') RETURNING id", item=item)
        self.answer(201, {"id": int(order), "sold": int(cache("incr", "sold"))})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


port = int(os.environ["SHOP_PORT"])
print(f"the shop opens on port {port}")
ThreadingHTTPServer(("127.0.0.1", port), Shop).serve_forever()
