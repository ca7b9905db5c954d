"""Buys something and looks whether both stores know of it."""

import json
import os
from urllib.request import urlopen

shop = f"http://127.0.0.1:{os.environ['SHOP_PORT']}"


def call(path, body=None):
    with urlopen(shop + path, data=body and body.encode()) as answer:
        return json.load(answer)


order = call("/orders", "a tea cup")
found = call(f"/orders/{order['id']}")
assert found["item"] == "a tea cup", found
assert found["sold"] == order["sold"] >= 1, found
print(f"order {order['id']} is in PostgreSQL, {found['sold']} sold according to Redis")
