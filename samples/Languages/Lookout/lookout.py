"""Watches whether the clock answers. While it does not, this instance says that it is busy.

There is no client library for Python, and none is needed: settings come in environment variables, the stop as a signal,
and the status is one word in a file (docs/program-roles.md of Rolewright).
"""
import os
import signal
import sys
import urllib.request
import xml.etree.ElementTree as ElementTree
from threading import Event

stopping = Event()


def main():
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    every = float(os.environ["EVERY_SECONDS"])
    before = None
    while not stopping.is_set():
        now = all(answers(address) for address in clocks())
        if now != before:
            say("Ready" if now else "Busy")
            print("The clock answers" if now else "The clock does not answer", flush=True)
        before = now
        stopping.wait(every)
    print("The lookout goes home", flush=True)


def clocks():
    """The instances of the other role, as they are now: the file always holds what is in force."""
    environment = ElementTree.parse(os.environ["ROLEWRIGHT_ENVIRONMENT"])
    found = environment.findall("Roles/Role[@name='Clock']/Instances/Instance/Endpoints/Endpoint[@name='Ask']")
    return [f"http://{endpoint.get('address')}:{endpoint.get('port')}/" for endpoint in found] or [None]


def answers(address):
    try:
        return address is not None and urllib.request.urlopen(address, timeout=2).status == 200
    except OSError:
        return False


def say(word):
    with open(os.environ["ROLEWRIGHT_STATUS"], "w", encoding="utf-8") as status:
        status.write(f"{word}\n")


if __name__ == "__main__":
    sys.exit(main())
