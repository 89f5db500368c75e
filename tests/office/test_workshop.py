"""The template workshop: what may be saved, what is refused at its line, who changed what, and the way back."""

import shutil

import pytest
from workplace import workplace

from intake.errors import ConfigError
from intake.notices import Reminder
from intake.office.sending import pause_sending
from intake.office.template_previews import choices, chosen, preview, send_test, trial_addresses
from intake.office.workshop import files, history, mark_of, opened, restore, save
from intake.rendering import shipped_templates
from intake.rendering.drafts import Draft, is_template_name
from intake.rendering.own_files import shipped_text, template_names
from intake.rendering.trial import tried
from intake.rendering.variables import filters_of, variables_of

NOW = "2026-11-18 08:00"
SUBJECT = "reminder/subject.txt"
GOOD = "[{{ reference }}] Nhắc việc của {{ agency }}\n"

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ office.__class__.__init__.__globals__ }}",
    "{{ ''|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(office) }}",
    "{{ ['{0.__class__}']|map('format', office)|list }}",
    "{{ obligations.append(1) }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% import '/etc/passwd' as p %}",
    "{% extends '../../config.toml' %}",
]


@pytest.fixture
def office(tmp_path):
    shutil.copytree(shipped_templates(), tmp_path / "templates")
    settings = {"templates": {"path": "templates"}}
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", NOW, **settings) as place:
        yield place


def saved(office, text, name=SUBJECT, mark=None, language="vi"):
    there = shipped_text(language, name) if mark is None else None
    return save(office.desk, language, Draft(name, text), mark or mark_of(there), "Lan", "đổi lời")


def test_a_sound_template_is_saved_in_the_offices_own_file_and_taken_by_the_next_mail(office, tmp_path):
    assert saved(office, GOOD).done
    assert (tmp_path / "templates/vi" / SUBJECT).read_text() == GOOD
    assert "Nhắc việc của" in office.desk.renderer.render(Reminder.sample()).subject


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n{{ agncy }}\n", 2, "did you mean agency"),
        ("a\n\n{% if agency %}", 3, "end of template"),
        ("{{ agency|uper }}", 1, "uper"),
        ("a\n{{ office.nmae }}", 2, "nmae"),
        ("{{ obligations[7].agency }}", 1, "7"),
        ("{% if false %}{{ nothing_known }}{% endif %}", 1, "nothing_known"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_nothing_is_written(office, tmp_path, text, line, what):
    found = saved(office, text)
    assert not found.done
    assert (found.problems[0].file, found.problems[0].line) == (SUBJECT, line)
    assert what in found.problems[0].what
    assert (tmp_path / "templates/vi" / SUBJECT).read_text() == shipped_text("vi", SUBJECT)
    assert history(office.desk, "vi", SUBJECT) == []


@pytest.mark.parametrize("text", ESCAPES)
def test_a_way_out_of_the_sandbox_is_refused(office, text):
    found = saved(office, text, "reminder/body.txt")
    assert found.problems
    assert "root:" not in str(found.problems) and "uid=" not in str(found.problems)


@pytest.mark.parametrize("text", ["{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"])
def test_a_template_that_never_ends_is_refused(office, monkeypatch, text):
    monkeypatch.setattr("intake.rendering.trial.WALL_SECONDS", 3)
    [problem] = saved(office, text).problems
    assert "seconds" in problem.what


@pytest.mark.parametrize("text", ["{{ 'x' * 9999999999 }}", "{% for a in range(9999999) %}x{% endfor %}"])
def test_a_template_that_grows_without_end_is_refused(office, text):
    assert saved(office, text).problems


@pytest.mark.parametrize(
    "name",
    ["../config.toml", "reminder/../../config.toml", "/etc/passwd", "reminder/evil.py", "_x.sh", "nothing/body.txt",
     "reminder/body.txt\n", "reminder//body.txt", ".", "", "reminder/subject.html", "reminder/.body.txt", "_parts"],
)  # fmt: skip
def test_no_other_file_is_read_or_written(office, name):
    assert not is_template_name(name)
    with pytest.raises(ConfigError):
        opened(office.desk, "vi", name)
    with pytest.raises(ConfigError):
        saved(office, "x", name, mark_of(""))


@pytest.mark.parametrize("language", ["..", "fr", ""])
def test_no_other_language_is_known(office, language):
    with pytest.raises(ConfigError):
        files(office.desk, language)


def test_a_shared_part_is_refused_where_a_notice_would_break(office):
    text = shipped_text("vi", "_due.txt").replace("macro lines", "macro rows")
    problems = saved(office, text, "_due.txt").problems
    assert "reminder" in {one.notice for one in problems}


def test_what_was_broken_before_does_not_keep_a_sound_file_from_being_saved(office, tmp_path):
    (tmp_path / "templates/vi/overdue/body.txt").write_text("{{ broken")
    assert saved(office, shipped_text("vi", "_due.txt") + "{# ghi chú #}\n", "_due.txt").done


def test_a_new_wording_can_be_made(office, tmp_path):
    assert saved(office, "Lời nhẹ nhàng gửi {{ agency }}\n", "reminder/body.gentle.txt", mark_of("")).done
    assert "reminder/body.gentle.txt" in template_names(tmp_path / "templates", "vi")


def test_each_change_is_kept_with_who_and_when(office):
    saved(office, GOOD)
    saved(office, GOOD.replace("việc", "báo cáo"), mark=mark_of(GOOD))
    found = history(office.desk, "vi", SUBJECT)
    assert [(one.who, one.why, one.at) for one in found] == [("Lan", "đổi lời", office.desk.now)] * 2
    assert [one.before for one in found] == [GOOD, shipped_text("vi", SUBJECT)]


def test_a_version_and_the_shipped_text_are_brought_back(office, tmp_path):
    saved(office, GOOD)
    [first] = history(office.desk, "vi", SUBJECT)
    assert restore(office.desk, "vi", SUBJECT, 0, mark_of(GOOD), "Bình").done
    there = tmp_path / "templates/vi" / SUBJECT
    assert there.read_text() == shipped_text("vi", SUBJECT)
    assert restore(office.desk, "vi", SUBJECT, first.number, mark_of(there.read_text()), "Bình").done
    assert there.read_text() == GOOD
    assert [one.action for one in history(office.desk, "vi", SUBJECT)][:2] == ["template restored"] * 2


def test_a_change_with_another_editor_is_noticed_once_and_can_be_undone(office, tmp_path):
    there = tmp_path / "templates/vi" / SUBJECT
    there.write_text("{{ agency }} sửa tay\n")
    files(office.desk, "vi")
    assert opened(office.desk, "vi", SUBJECT).text == "{{ agency }} sửa tay\n"
    [noted] = history(office.desk, "vi", SUBJECT)
    assert (noted.action, noted.before) == ("template changed outside", shipped_text("vi", SUBJECT))


def test_nobody_overwrites_what_another_changed_meanwhile(office, tmp_path):
    there = tmp_path / "templates/vi" / SUBJECT
    there.write_text("{{ agency }} sửa tay\n")
    assert saved(office, GOOD).changed_meanwhile
    assert there.read_text() == "{{ agency }} sửa tay\n"


def test_a_file_keeps_who_may_read_it_and_leaves_no_draft_behind(office, tmp_path):
    there = tmp_path / "templates/vi" / SUBJECT
    there.chmod(0o640)
    saved(office, GOOD)
    assert there.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in there.parent.iterdir() if one.name.startswith(".")] == []


def test_without_a_folder_of_its_own_the_office_is_told_what_to_do(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", NOW) as place:
        assert not opened(place.desk, "vi", SUBJECT).is_own
        with pytest.raises(ConfigError, match="intake init"):
            saved(place, GOOD)


def test_a_draft_is_shown_as_the_mail_that_it_would_make(office):
    shown = chosen(office.desk, "reminder", "0")
    found = preview(office.desk, "vi", Draft(SUBJECT, "[{{ reference }}] Thử {{ office.name }}"), shown)
    assert found.rendered.subject == f"[{shown.reference}] Thử Văn phòng UBND tỉnh"
    assert preview(office.desk, "vi", Draft(SUBJECT, "{{ x"), shown).problems[0].line == 1
    assert "Nhắc" in preview(office.desk, "vi", None, shown).rendered.subject
    assert preview(office.desk, "en", None, shown).rendered.subject.isascii()


def test_a_template_is_shown_on_what_was_really_written(office):
    office.work("2026-11-18 09:00")
    real = [one for one in choices(office.desk, "reminder") if one.row]
    assert {one.row.recipient for one in real} == {"stc@tinh.example", "syt@tinh.example"}
    shown = chosen(office.desk, "reminder", real[0].key)
    assert shown.agency in preview(office.desk, "vi", None, shown).rendered.text
    for wrong in ("n99999999", "n1"):
        with pytest.raises(ConfigError):
            chosen(office.desk, "escalation", wrong)


def test_a_test_mail_goes_to_the_office_only_and_not_while_sending_is_paused(office):
    shown = chosen(office.desk, "reminder", "1")
    draft = Draft(SUBJECT, GOOD)
    send_test(office.desk, "vi", draft, shown, "duty@vp.tinh.example", "Lan", "[THỬ]")
    [mail] = office.sent("", "duty@vp.tinh.example")
    assert mail["Subject"].startswith("[THỬ] ") and "Nhắc việc của" in mail["Subject"]
    with pytest.raises(ConfigError, match="nowhere else"):
        send_test(office.desk, "vi", draft, shown, "ai.do@gmail.example", "Lan", "[THỬ]")
    pause_sending(office.desk, "Lan", "thử")
    with pytest.raises(ConfigError, match="paused"):
        send_test(office.desk, "vi", draft, shown, trial_addresses(office.desk)[0], "Lan", "[THỬ]")


def test_variables_are_told_with_kind_and_example():
    found = {one.name: one for one in variables_of(Reminder)}
    assert found["agency"].example == "UBND huyện Sông Lam"
    assert (found["obligations"].kind, found["obligations[].due_at"].kind) == ("lines", "instant")
    assert "deadline" in dict(filters_of("vi"))


def test_nothing_of_our_environment_reaches_a_trial(monkeypatch):
    monkeypatch.setenv("INTAKE_SECRET", "mật")
    found = tried(None, "vi", Draft(SUBJECT, "{{ office.__init__ }}"))
    assert found.problems and "mật" not in str(found)
