"""The commands as the outside calls them: what they print, and what they end with."""

import mailbox

import openpyxl
import pytest
from builders import OFFICE_ADDRESS, at, mail, monthly_report, registry

from intake.mail.maildir import deliver
from intake.registry import write_registry

CONFIG = f"""
[office]
name = "Văn phòng UBND tỉnh"
address = "{OFFICE_ADDRESS}"

[[mailboxes]]
kind = "maildir"
path = "data/inbox"

[outgoing]
kind = "maildir"
path = "data/outgoing"

[daemon]
workers = 1

[[policies.standard.steps]]
at = "-3d"
notice = "reminder"
to = ["submitter"]

[[policies.standard.steps]]
at = "+0h"
notice = "overdue"
to = ["submitter", "head"]
"""
NOW = "2026-11-16T10:00:00+07:00"


@pytest.fixture
def office(intake, tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG)
    write_registry(tmp_path / "registry", registry())
    assert intake("registry", "load", "registry").status == 0
    return intake


def report(number=1, month=11, agency="Sở Tài chính", box="stc"):
    files = {"BC.docx": monthly_report(agency, f"{number}/BC-{box.upper()}", month)}
    return mail(
        f"{box}@tinh.example", f"Báo cáo KT-XH tháng {month}/2026", "Gửi báo cáo.", at("2026-11-16 09:00"), files=files
    )


def test_parse_works_in_an_empty_folder_without_a_config(intake, tmp_path):
    (tmp_path / "a.eml").write_bytes(report())
    (tmp_path / "b.eml").write_bytes(b"Subject: =?utf-8?Q?B=C3=A1o_c=C3=A1o?=\r\n\r\nxin ch\xc3\xa0o")
    called = intake("parse", "a.eml", "b.eml", "--json")
    assert called.status == 0
    first, second = called.lines
    assert first["attachments"][0]["filename"] == "BC.docx"
    assert "kinh tế - xã hội tháng 11" in first["attachments"][0]["text"]
    assert (second["subject"], second["text"]) == ("Báo cáo", "xin chào")
    assert not (tmp_path / "data").exists()


def test_parse_of_a_file_that_is_not_there_reads_the_others_and_says_so(intake, tmp_path):
    (tmp_path / "a.eml").write_bytes(report())
    called = intake("parse", "--json", "nothing.eml", "a.eml")
    assert called.status == 2
    assert len(called.lines) == 1
    assert "there is no file nothing.eml" in called.err


@pytest.mark.parametrize("form", ["file", "folder", "mbox", "maildir"])
def test_import_takes_mail_in_every_form(office, tmp_path, form):
    place = tmp_path / "mails"
    if form == "file":
        place.write_bytes(report())
    elif form == "folder":
        place.mkdir()
        (place / "0001.eml").write_bytes(report())
    elif form == "mbox":
        box = mailbox.mbox(place)
        box.add(report())
        box.close()
    else:
        deliver(place, report())
    called = office("import", "--json", place, "--at", NOW)
    assert called.status == 0
    [line] = called.lines
    assert (line["disposition"], line["agency"]) == ("report", "STC")
    assert (line["reports"][0]["report_type"], line["reports"][0]["period"]) == ("KTXH-T", "2026-11")
    assert line["received_at"] == "2026-11-16T09:00:00+07:00"
    assert "mails" in line["source"]


def test_importing_the_same_file_again_books_nothing_twice(office, tmp_path):
    (tmp_path / "a.eml").write_bytes(report())
    office("import", "a.eml", "--at", NOW)
    [line] = office("import", "--json", "a.eml", "--at", NOW).lines
    assert (line["disposition"], line["reports"]) == ("duplicate", [])


def test_obligations_tell_who_owes_what_and_how_it_stands(office, tmp_path):
    (tmp_path / "a.eml").write_bytes(report())
    office("import", "a.eml", "--at", NOW)
    lines = office("obligations", "--from", "2026-11-01", "--to", "2026-11-30", "--report-type", "KTXH-T", "--json",
                   "--at", "2026-11-18T08:00:00+07:00").lines  # fmt: skip
    standing = {line["agency"]: line for line in lines}
    assert set(standing) == {"STC", "SYT", "XHOABINH", "XPHUTHO"}
    assert standing["SYT"] == {
        "agency": "SYT", "report_type": "KTXH-T", "period": "2026-11", "period_start": "2026-10-15",
        "period_end": "2026-11-14", "due_at": "2026-11-18T00:00:00+07:00", "status": "overdue", "received_at": None,
        "first_received_at": None,
        "receipt": None, "missing": [], "provisional": False,
    }  # fmt: skip
    assert standing["STC"]["status"] == "on_time"
    assert standing["STC"]["receipt"] == "2026/00001"


def test_obligations_are_filtered_by_how_they_stand(office):
    wanted = ("--from", "2026-11-01", "--to", "2026-11-30", "--status", "overdue", "--agency", "STC")
    lines = office("obligations", *wanted, "--json", "--at", "2026-11-18T08:00:00+07:00").lines
    assert {(line["agency"], line["status"]) for line in lines} == {("STC", "overdue")}


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (("obligations", "--agency", "STCC"), "there is no agency 'STCC' in the registry; did you mean STC?"),
        (("obligations", "--report-type", "KT"), "there is no report type 'KT' in the registry"),
        (("obligations", "--from", "2026-12-01", "--to", "2026-11-30"), "--from 2026-12-01 is after --to 2026-11-30"),
        (("plan", "--from", "2026-12-01", "--to", "2026-11-30"), "--from 2026-12-01 is after --to 2026-11-30"),
        (("stats", "--from", "2026-12-01", "--to", "2026-11-30"), "--from 2026-12-01 is after --to 2026-11-30"),
    ],
)
def test_what_can_have_no_answer_is_not_answered_with_nothing(office, call, complaint):
    called = office(*call, "--at", NOW)
    assert (called.status, called.out) == (2, "")
    assert complaint in called.err


def test_a_table_in_a_pipe_has_each_row_on_one_line(office):
    lines = office("obligations", "--agency", "STC", "--report-type", "KTXH-T", "--at", NOW).out.splitlines()
    assert any("KTXH-T  2026-11  2026-11-18 00:00  open" in line for line in lines)


def test_the_plan_of_a_month_names_what_falls_due_and_whom_we_would_write_to(office):
    lines = office("plan", "--from", "2026-11-01", "--to", "2026-11-30", "--json", "--at", NOW).lines
    owed = [line for line in lines if line["kind"] == "obligation" and line["report_type"] == "KTXH-T"]
    assert {line["due_at"] for line in owed} == {"2026-11-18T00:00:00+07:00"}
    told = [line for line in lines if line["kind"] == "notice" and line["agency"] == "XHOABINH"]
    assert [(line["notice"], line["step"], line["at"], line["to"], line["roles"]) for line in told] == [
        ("reminder", "-3d", "2026-11-15T00:00:00+07:00", ["xhoabinh@tinh.example"], ["submitter"]),
        ("overdue", "+0h", "2026-11-18T00:00:00+07:00",
         ["xhoabinh@tinh.example", "truong.xhoabinh@tinh.example"], ["submitter", "head"]),
    ]  # fmt: skip
    assert told[0]["obligations"] == [{"report_type": "KTXH-T", "period": "2026-11"}]


def test_one_pass_fetches_books_and_answers_and_prints_a_line_a_message(office, tmp_path):
    deliver(tmp_path / "data" / "inbox", report())
    called = office("run", "--once", "--json", "--at", NOW)
    assert called.status == 0
    [line] = called.lines
    assert line["disposition"] == "report"
    sent = [path.read_text() for path in (tmp_path / "data" / "outgoing" / "new").iterdir()]
    assert sum("In-Reply-To" in one for one in sent) == 1


def test_a_mailbox_that_cannot_be_read_ends_with_1_and_says_why(office, tmp_path):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "inbox").write_text("in the way")
    called = office("run", "--once", "--at", NOW)
    assert called.status == 1
    assert "Maildir" in called.err


def test_review_lists_what_waits_and_accept_files_it(office, tmp_path):
    (tmp_path / "a.eml").write_bytes(mail("stc@tinh.example", "Gửi văn phòng", "Sở gửi.", at("2026-11-16 09:00")))
    office("import", "a.eml", "--at", NOW)
    [waiting] = office("review", "--json").lines
    assert (waiting["disposition"], waiting["agency"]) == ("review", "STC")
    accepted = office("review", "accept", waiting["id"], "--agency", "STC", "--report-type", "KTXH-T", "--period",
                      "2026-11", "--by", "chuyên viên", "--json", "--at", NOW)  # fmt: skip
    assert (accepted.status, accepted.lines[0]["disposition"]) == (0, "report")
    assert office("review", "--json").lines == []


def test_review_dismiss_wants_a_reason_and_settles(office, tmp_path):
    (tmp_path / "a.eml").write_bytes(mail("stc@tinh.example", "Gửi văn phòng", "Sở gửi.", at("2026-11-16 09:00")))
    office("import", "a.eml", "--at", NOW)
    [waiting] = office("review", "--json").lines
    assert office("review", "dismiss", waiting["id"]).status == 2
    assert office("review", "dismiss", waiting["id"], "--why", "không phải báo cáo").status == 0
    assert "Nothing waits" in office("review").out
    again = office("review", "dismiss", waiting["id"], "--why", "lần nữa")
    assert (again.status, "does not wait" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        (("--agency", "KHONG", "--report-type", "KTXH-T", "--period", "2026-11"), "no agency 'KHONG'"),
        (("--agency", "STC", "--report-type", "KHONG", "--period", "2026-11"), "no report type 'KHONG'"),
        (("--agency", "STC", "--report-type", "KTXH-T", "--period", "2026-Q4"), "no period of KTXH-T"),
        (("--agency", "XHOABINH", "--report-type", "GIAOBAN", "--period", "2026-W47"), "does not owe"),
    ],
)
def test_a_decision_about_what_does_not_exist_says_which_of_the_three_is_wrong(office, changed, complaint):
    called = office("waive", *changed, "--why", "thử")
    assert called.status == 2
    assert complaint in called.err


def test_receive_extend_and_waive_change_how_an_obligation_stands(office):
    def standing(agency):
        wanted = ("--from", "2026-11-01", "--to", "2026-12-10", "--agency", agency, "--report-type", "KTXH-T")
        [line] = office("obligations", *wanted, "--json", "--at", "2026-11-20T08:00:00+07:00").lines
        return line

    key = ("--report-type", "KTXH-T", "--period", "2026-11")
    assert (
        office("receive", "--agency", "STC", *key, "--on", "2026-11-15", "--how", "bản giấy", "--at", NOW).status == 0
    )
    assert office("extend", "--agency", "SYT", *key, "--until", "2026-11-25", "--why", "bão", "--at", NOW).status == 0
    assert office("waive", "--agency", "XPHUTHO", *key, "--why", "mới thành lập", "--at", NOW).status == 0
    assert standing("STC")["status"] == "on_time"
    assert (standing("SYT")["status"], standing("SYT")["due_at"]) == ("open", "2026-11-26T00:00:00+07:00")
    assert standing("XPHUTHO")["status"] == "waived"
    assert standing("XHOABINH")["status"] == "overdue"


def test_a_registry_with_mistakes_is_refused_whole_and_each_one_is_named(office, tmp_path):
    contacts = (tmp_path / "registry" / "contacts.csv").read_text()
    (tmp_path / "registry" / "contacts.csv").write_text(contacts + "KHONG,khong phai thu,Ai,submitter\n")
    called = office("registry", "load", "registry")
    assert called.status == 2
    assert "contacts" in called.err
    assert "KHONG" in called.err
    assert office("registry", "load", "registry", "--dry-run").status == 2


def test_export_gives_back_what_load_takes(office, tmp_path):
    assert office("registry", "export", "out.xlsx").status == 0
    assert {"agencies", "contacts", "report_types"} <= set(openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames)
    assert "nothing changes" in office("registry", "load", "out.xlsx").out


def test_a_dry_run_says_what_would_change_and_changes_nothing(office, tmp_path):
    agencies = (tmp_path / "registry" / "agencies.csv").read_text().replace("Sở Y tế", "Sở Y tế và Dân số")
    (tmp_path / "registry" / "agencies.csv").write_text(agencies)
    called = office("registry", "load", "registry", "--dry-run")
    assert (called.status, "Sở Y tế và Dân số" in called.out) == (0, True)
    assert "1 changes" in office("registry", "load", "registry").out


def test_init_makes_an_office_that_check_can_try_and_overwrites_nothing(intake, tmp_path):
    assert intake("init", "office").status == 0
    folder = tmp_path / "office"
    assert (folder / "registry.xlsx").is_file()
    assert (folder / "templates" / "vi" / "acknowledgment" / "body.txt").is_file()
    (folder / "config.toml").write_text(CONFIG)
    assert intake("init", "office").status == 0
    assert (folder / "config.toml").read_text() == CONFIG
    checked = intake("check", "--json", "--config", folder / "config.toml")
    assert checked.status == 1
    assert [line["part"] for line in checked.lines if not line["ok"]] == ["registry"]


def test_init_says_in_few_lines_what_it_wrote_and_what_to_do_next(intake):
    called = intake("init", "office")
    assert len(called.out.splitlines()) == 8
    assert "intake registry load office/registry.xlsx --config office/config.toml\n" in called.out


def test_a_folder_of_templates_that_is_not_there_is_to_be_mended(office, tmp_path):
    with (tmp_path / "config.toml").open("a") as file:
        file.write('[templates]\npath = "template"\n')
    called = office("check", "--json")
    assert called.status == 1
    assert [line["part"] for line in called.lines if not line["ok"]] == ["templates"]


def test_help_shows_what_stands_in_brackets(intake):
    assert "where the config has a table [web]." in " ".join(intake("web", "--help").out.split())


def test_check_ends_well_where_nothing_is_to_mend(office):
    called = office("check", "--json", "--at", NOW)
    assert [line for line in called.lines if not line["ok"]] == []
    assert called.status == 0


def test_a_backup_is_restored_elsewhere(office, tmp_path):
    (tmp_path / "a.eml").write_bytes(report())
    office("import", "a.eml", "--at", NOW)
    assert office("backup", "backup.tar").status == 0
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "config.toml").write_text(CONFIG)
    assert office("restore", "backup.tar", "--config", "elsewhere/config.toml").status == 0
    there = office("obligations", "--json", "--at", NOW, "--config", "elsewhere/config.toml")
    assert there.out == office("obligations", "--json", "--at", NOW).out


def test_templates_are_checked_and_shown_as_they_would_be_sent(intake):
    assert intake("templates", "check").status == 0
    shown = intake("templates", "preview", "acknowledgment")
    assert shown.status == 0
    assert shown.out.startswith("Subject: [BC-")
    assert "Kính gửi" in shown.out
    assert "there is no notice" in intake("templates", "preview", "nothing").err


def test_every_mistake_in_the_config_is_named_at_once_before_anything_runs(intake, tmp_path):
    (tmp_path / "config.toml").write_text('[office]\nnmae = "x"\n[daemon]\npoll_every = "soon"\n')
    called = intake("run", "--once")
    assert called.status == 2
    assert "office.nmae: unknown key; did you mean name?" in called.err
    assert "daemon.poll_every" in called.err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "call", [(), ("nothing",), ("obligations", "--bogus"), ("plan",), ("obligations", "--from", "x")]
)
def test_a_wrong_call_ends_with_2(office, call):
    assert office(*call).status == 2


def test_a_missing_config_says_how_to_get_one(intake):
    called = intake("obligations")
    assert (called.status, "`intake init` writes one" in called.err) == (2, True)


def test_nothing_can_have_been_received_in_the_future(office):
    key = ("--agency", "STC", "--report-type", "KTXH-T", "--period", "2026-11")
    called = office("receive", *key, "--on", "2030-01-01", "--how", "bản giấy", "--at", NOW)
    assert (called.status, "still to come" in called.err) == (2, True)


def test_options_may_stand_before_a_command_of_review_too(office, tmp_path, monkeypatch):
    (tmp_path / "a.eml").write_bytes(mail("stc@tinh.example", "Gửi văn phòng", "Sở gửi.", at("2026-11-16 09:00")))
    office("import", "a.eml", "--at", NOW)
    [waiting] = office("review", "--json").lines
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    called = office("review", "--config", tmp_path / "config.toml", "dismiss", waiting["id"], "--why", "đã xem")
    assert called.status == 0


def test_what_is_no_mail_in_a_folder_is_passed_over(office, tmp_path):
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "a.eml").write_bytes(report())
    (tmp_path / "mails" / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (tmp_path / "mails" / "gone.eml").symlink_to(tmp_path / "nowhere.eml")
    called = office("import", "--json", "mails", "--at", NOW)
    assert (called.status, len(called.lines)) == (0, 1)


def test_a_request_by_mail_is_shown_and_granted_by_one_command(office, tmp_path):
    office("run", "--once", "--at", "2026-11-10T08:00")
    asking = tmp_path / "asking"
    asking.mkdir()
    text = "Sở xin gia hạn báo cáo tình hình kinh tế - xã hội tháng 11 đến 20/11."
    (asking / "1.eml").write_bytes(mail("stc@tinh.example", "Xin gia hạn", text, at("2026-11-16 09:00")))
    office("import", "--at", "2026-11-16T09:01", "asking")
    shown = office("review").out
    assert "xin gia hạn: KTXH-T 2026-11, đến hết ngày 20/11/2026 (thứ Sáu)" in shown
    [waits] = [one for one in office("review", "--json").lines if one["request"]]
    done = office("extend", "--request", waits["id"], "--why", "mưa lũ", "--at", "2026-11-16T10:00")
    assert "STC KTXH-T 2026-11 is late from 2026-11-21" in done.out


@pytest.mark.parametrize(
    "call", [("extend", "--why", "x"), ("waive", "--refuse"), ("extend", "--request", "1", "--refuse")]
)
def test_a_decision_without_its_object_is_a_wrong_call(office, call):
    assert office(*call).status == 2


def test_statistics_are_printed_as_lines_and_written_as_a_workbook(office, tmp_path):
    span = ("--from", "2026-11-01", "--to", "2026-11-30", "--at", "2026-12-01T08:00")
    lines = office("stats", *span, "--json", "--xlsx", "stats.xlsx").lines
    assert {"agency", "owed", "on_time", "late", "incomplete", "missing", "mean_lateness"} <= set(lines[0])
    book = openpyxl.load_workbook(tmp_path / "stats.xlsx")
    assert book.sheetnames == ["Theo cơ quan", "Theo nhóm cơ quan", "Theo loại báo cáo", "Theo tháng"]
    sheet = book["Theo cơ quan"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$4")
    assert sheet.cell(5, 3).value == lines[0]["owed"]
