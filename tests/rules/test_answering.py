from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from triage_mails import directory, mail

from intake.mail.parsed import Address, ParsedMessage
from intake.rules.dealings.answering import answer_to, is_vouched_for, why_doubt_sender

OWN = ("baocao@tinh.example",)
STRANGER = "vanthu@elsewhere.example"


def answer(message, agency="XANTAN", authserv_id="mx.tinh.example"):
    return answer_to(message, agency, directory(), OWN, authserv_id)


def message(sender="antan@tinh.example", **more):
    return mail("Báo cáo", "", sender=sender, **more).message


def vouched(*fields, sender=STRANGER, authserv_id="mx.tinh.example"):
    return is_vouched_for(message(sender, authentication_results=fields), authserv_id)


def test_a_listed_address_of_the_agency_is_answered():
    assert answer(message()).address == "antan@tinh.example"


def test_an_address_in_the_agencys_domain_is_answered():
    assert answer(message("an@binhlong.tinh.example"), "XBINHLONG").address == "an@binhlong.tinh.example"


@pytest.mark.parametrize("agency", ["CAT", None])
def test_an_address_that_is_not_the_agencys_is_not_answered(agency):
    assert answer(message(), agency).address is None


def test_a_supervisor_speaks_for_no_agency():
    assert answer(message("theodoi@vp.tinh.example")).address is None


def test_a_stranger_whom_our_server_vouches_for_is_answered():
    field = "mx.tinh.example; dmarc=pass header.from=elsewhere.example"
    assert answer(message(STRANGER, authentication_results=(field,)), None).address == STRANGER


@pytest.mark.parametrize(
    "text",
    [
        "Đã tiếp nhận. Đây là thư tự động.",
        "Chúng tôi sẽ phản hồi trong 24 giờ. (Thư trả lời tự động)",
        "Mã 12. Thư này được gửi tự động từ hệ thống.",
        "Vui lòng không trả lời email này.",
        "Please do not reply to this message.",
    ],
)
def test_what_says_itself_that_a_program_wrote_it_is_not_answered_unless_it_was_recorded(text):
    written = mail("Đã nhận thư", text).message
    found = answer(written)
    assert (found.address, "program wrote it" in found.reason) == (None, True)
    assert answer_to(written, "XANTAN", directory(), OWN, "", recorded=True).address == "antan@tinh.example"


def test_whoever_speaks_of_automatic_mail_is_answered():
    told = "Hệ thống của Văn phòng gửi thư tự động nhắc nhầm, đề nghị kiểm tra và không trả lời qua điện thoại."
    assert answer(mail("Kiến nghị", told).message).address == "antan@tinh.example"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"kind": "automatic"}, "automatic"),
        ({"kind": "dsn"}, "automatic"),
        ({"return_path": ""}, "reverse-path"),
        ({"from_list": True}, "mailing list"),
        ({"wants_no_answer": True}, "programs not to answer"),
        ({"sender": "BaoCao@tinh.example"}, "ourselves"),
        ({"sender": ""}, "no From"),
        ({"sender": "antan"}, "no From"),
        ({"sender": "@tinh.example"}, "no From"),
    ],
)
def test_what_could_start_a_loop_is_never_answered(more, reason):
    found = answer(message(**more))
    assert found.address is None
    assert reason in found.reason


def test_what_was_recorded_is_receipted_also_where_the_sender_asks_programs_not_to_answer():
    asking = message(wants_no_answer=True)
    found = answer_to(asking, "XANTAN", directory(), OWN, "", recorded=True)
    assert found.address == asking.sender.address


@pytest.mark.parametrize(
    "local_part",
    [
        "noreply", "no-reply", "No.Reply", "do-not-reply", "donotreply", "hethong.no-reply", "no-reply+12",
        "mailer-daemon", "MAILER-DAEMON", "postmaster", "bounce", "bounces+antan=tinh.example", "listserv",
        "tin-bounces", "tin-owner", "owner-tin", "tin-request", "majordomo", "khong-tra-loi", "khongtraloi",
    ],
)  # fmt: skip
def test_an_address_that_nobody_reads_is_never_answered(local_part):
    assert answer(message(f"{local_part}@binhlong.tinh.example"), "XBINHLONG").address is None


@pytest.mark.parametrize("local_part", ["replyteam", "nore", "thuongtruc", "an.owner", "bouncer"])
def test_an_ordinary_address_is_no_machine(local_part):
    assert answer(message(f"{local_part}@binhlong.tinh.example"), "XBINHLONG").address


def test_an_ordinary_reverse_path_does_not_silence():
    assert answer(message(return_path="antan@tinh.example")).address


@pytest.mark.parametrize(
    "result",
    [
        "dmarc=pass header.from=elsewhere.example",
        "dmarc=pass (p=reject) header.from=Elsewhere.Example",
        "dkim=pass header.d=elsewhere.example",
        "dkim=pass header.i=@elsewhere.example",
        "dkim=fail header.d=x.example; dkim=pass header.d=elsewhere.example",
        "spf=pass smtp.mailfrom=vanthu@elsewhere.example",
        "spf=pass smtp.mailfrom=elsewhere.example",
    ],
)
def test_our_server_vouches_for_the_from_domain(result):
    assert vouched(f"MX.tinh.example; {result}")


@pytest.mark.parametrize(
    "result",
    [
        "none",
        "dmarc=fail header.from=elsewhere.example",
        "dmarc=pass header.from=other.example",
        "dkim=pass header.d=other.example",
        "dkim=pass header.d=example",
        "dkim=pass header.d=evil-elsewhere.example",
        "dkim=pass",
        "dkim=neutral header.d=elsewhere.example",
        "spf=pass smtp.mailfrom=other.example",
        "spf=pass smtp.helo=elsewhere.example",
        "spf=softfail smtp.mailfrom=elsewhere.example",
        "iprev=pass policy.iprev=10.0.0.1",
        "auth=pass smtp.auth=elsewhere.example",
    ],
)
def test_a_result_that_does_not_speak_for_the_from_domain_does_not_vouch(result):
    assert not vouched(f"mx.tinh.example; {result}")


GOOD = "mx.tinh.example; dmarc=pass header.from=elsewhere.example"


def test_only_our_own_server_is_believed():
    assert not vouched("mx.evil.example; dmarc=pass header.from=elsewhere.example")


def test_the_topmost_field_of_ours_counts_and_not_a_forged_one_below():
    assert not vouched("mx.tinh.example; dmarc=fail header.from=elsewhere.example", GOOD)


def test_a_field_of_another_server_on_top_is_passed_over():
    assert vouched("relay.other.example; none", GOOD)


@pytest.mark.parametrize("broken", ["", ";;;", "mx.tinh.example; =pass", "mx.tinh.example 99; dmarc=pass"])
def test_a_field_that_cannot_be_parsed_vouches_for_nobody(broken):
    assert not vouched(broken, GOOD)


def test_without_a_configured_server_nobody_is_vouched_for():
    assert not vouched(GOOD, authserv_id="")


@pytest.mark.parametrize("sender", [None, Address("", "vanthu")])
def test_a_mail_without_a_from_domain_is_not_vouched_for(sender):
    unsigned = replace(message(authentication_results=(GOOD,)), sender=sender)
    assert not is_vouched_for(unsigned, "mx.tinh.example")


@given(st.text(alphabet='mx.tinh;=example \t"()pasdkrcfe-1/\\', max_size=80))
def test_no_field_however_odd_raises_or_vouches_for_a_stranger(field):
    assert not vouched("mx.tinh.example; " + field, sender="a@nowhere.invalid")


@pytest.mark.parametrize(
    ("message", "doubt"),
    [
        (ParsedMessage(), ""),
        (ParsedMessage(defects=("more than one from field: the first was read",)), "more than one From address"),
        (ParsedMessage(defects=("more than one from address: the first was read",)), "more than one From address"),
        (ParsedMessage(authentication_results=("mx.tinh.example; dmarc=fail header.from=tinh.example",)), "dmarc=fail"),
        (ParsedMessage(authentication_results=("mx.tinh.example; dmarc=pass header.from=tinh.example",)), ""),
        (ParsedMessage(authentication_results=("elsewhere.example; dmarc=fail header.from=tinh.example",)), ""),
    ],
)
def test_a_sender_is_doubted_where_the_mail_or_our_own_server_says_so(message, doubt):
    found = why_doubt_sender(message, "mx.tinh.example")
    assert bool(found) == bool(doubt)
    assert doubt in found


DISOWNED = [
    "dmarc=fail header.from=tinh.example",
    "dmarc=fail (p=REJECT) header.from=tinh.example; dkim=pass header.d=tinh.example",
    "spf=fail smtp.mailfrom=antan@tinh.example",
    "spf=fail smtp.mailfrom=tinh.example; dkim=none",
    "spf=pass smtp.mailfrom=spam.example; dkim=fail header.d=tinh.example",
]
OWNED = [
    "spf=fail smtp.mailfrom=antan@tinh.example; dkim=pass header.d=tinh.example",
    "dkim=fail header.d=tinh.example; spf=pass smtp.mailfrom=antan@tinh.example",
    "spf=fail smtp.mailfrom=tinh.example; dmarc=pass header.from=tinh.example",
    "spf=softfail smtp.mailfrom=antan@tinh.example",
    "spf=fail smtp.mailfrom=forwarder.example",
    "dkim=fail header.d=list.example",
    "arc=fail",
]


@pytest.mark.parametrize(("result", "doubted"), [(one, one in DISOWNED) for one in (*DISOWNED, *OWNED)])
def test_a_sender_is_doubted_where_its_own_domain_disowns_the_mail_and_nothing_speaks_for_it(result, doubted):
    disowned = message(authentication_results=(f"mx.tinh.example; {result}",))
    assert bool(why_doubt_sender(disowned, "mx.tinh.example")) == doubted


def test_a_mail_without_a_from_domain_is_disowned_by_none():
    field = "mx.tinh.example; spf=fail smtp.mailfrom=tinh.example"
    assert not why_doubt_sender(ParsedMessage(authentication_results=(field,)), "mx.tinh.example")


@pytest.mark.parametrize(
    ("server", "by", "doubted"),
    [
        ("mx.tinh.example", "mx.tinh.example", True),
        ("mail.tinh.example", "mx.tinh.example", True),
        ("tinh.example", "mx.tinh.example", True),
        ("mx.tinh.example 1", "mx.tinh.example", True),
        ("mx.tinh.example (amavisd-new)", "mx.tinh.example", True),
        ("mx.example", "mail.example", False),
        ("mx.tinh.example", "mx.other.example", False),
        ("mx.tinh.example", "", False),
    ],
)
def test_where_no_server_is_declared_the_one_that_took_the_mail_is_believed_in_doubt(server, by, doubted):
    field = f"{server}; dmarc=fail header.from=tinh.example"
    disowned = message(authentication_results=("relay.elsewhere.org; none", field), received_by=by)
    assert bool(why_doubt_sender(disowned, "")) == doubted


@pytest.mark.parametrize(
    ("field", "more", "doubted"),
    [
        ("Fail (mx.tinh.example: domain of antan@tinh.example does not designate 203.0.113.9)", {}, True),
        ("fail (mail.tinh.example: domain of tinh.example does not designate 203.0.113.9)", {}, True),
        ("softfail (mx.tinh.example: domain of tinh.example does not designate 203.0.113.9)", {}, False),
        ("fail (mx.other.example: domain of tinh.example does not designate 203.0.113.9)", {}, False),
        ("fail (mx.tinh.example: domain of elsewhere.example does not designate 203.0.113.9)", {}, False),
        ("fail (mx.tinh.example: domain of tinh.example does not designate it)", {"received_by": ""}, False),
        (
            "fail (mx.tinh.example: domain of tinh.example does not designate 203.0.113.9)",
            {"authentication_results": ("mx.tinh.example; dkim=pass header.d=tinh.example",)},
            False,
        ),
    ],
)
def test_spf_counts_in_its_older_field_where_no_results_of_all_checks_stand(field, more, doubted):
    found = message(received_spf=(field,), **{"received_by": "mx.tinh.example", **more})
    assert bool(why_doubt_sender(found, "")) == doubted


def test_an_empty_field_of_results_is_of_no_server():
    found = message(authentication_results=("",), received_by="mx.tinh.example")
    assert not why_doubt_sender(found, "")
