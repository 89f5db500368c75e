"""One run of django-helpdesk's `get_email`, in an interpreter with packages of its own: `bench.helpdesk` calls it.

Reads what it needs as JSON from its argument, prints what the run cost and how many tickets and attachments there are.
"""

import imaplib
import json
import sys
import time

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

# Filled once Django is set up: the links in its mails are made from it.
urlpatterns: list = []


def configure(folder: str, sink: int) -> None:
    settings.configure(
        SECRET_KEY="bench", USE_TZ=True, SITE_ID=1, ROOT_URLCONF=__name__,
        HELPDESK_TEAMS_MODE_ENABLED=False, MEDIA_ROOT=f"{folder}/media",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/db.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
            "django.contrib.admin", "django.contrib.messages", "django.contrib.staticfiles",
            "django.contrib.humanize", "rest_framework", "helpdesk",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=sink, DEFAULT_FROM_EMAIL="baocao@tinh.example",
    )  # fmt: skip
    django.setup()
    urlpatterns.append(path("", include("helpdesk.urls", namespace="helpdesk")))


def speak_plainly(client: type[imaplib.IMAP4]) -> None:
    """No TLS on loopback, as ours; and a password that is not ASCII, which imaplib's own login cannot send."""

    def login(self: imaplib.IMAP4, user: str, password: str) -> None:
        self.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())

    def starttls(self: imaplib.IMAP4) -> None:
        raise self.error("not asked for")

    client.login, client.starttls = login, starttls


def prepare(asked: dict) -> None:
    call_command("migrate", verbosity=0)
    from helpdesk.models import Queue

    Queue.objects.create(
        title="Báo cáo", slug="bc", email_address="baocao@tinh.example", allow_email_submission=True,
        logging_type="none",
        email_box_type="imap", email_box_host="127.0.0.1", email_box_port=asked["port"], email_box_user=asked["user"],
        email_box_pass=asked["password"], email_box_imap_folder="INBOX", email_box_interval=0,
    )  # fmt: skip


def main() -> None:
    asked = json.loads(sys.argv[1])
    configure(asked["folder"], asked["sink"])
    speak_plainly(imaplib.IMAP4)
    prepare(asked)
    wall, cpu = time.perf_counter(), time.process_time()
    call_command("get_email", quiet=True)
    cost = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    from helpdesk.models import FollowUpAttachment, Ticket

    print(json.dumps({**cost, "tickets": Ticket.objects.count(), "files": FollowUpAttachment.objects.count()}))


if __name__ == "__main__":
    main()
