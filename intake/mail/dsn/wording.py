"""The words in which mail systems tell what became of a mail, in the languages that they write.

Each table lists regular expressions, in which a plain space stands for any white space, and an ellipsis for some words
of the same sentence. `any_of` makes one of many.
"""

import re
from collections.abc import Iterable

_MAIL = "(?:(?:e-?)?mail|message)"
_SOME_WORDS = r"\b(?:[^.\n]|\.(?=\w)|\n(?!\s*\n)){0,60}?\b"

SYSTEM_NAMES = (
    r"mail(?:er)?[ \-]?daemon",
    r"(?:(?:e-?)?mail )?delivery (?:sub)?system",
    r"mail (?:delivery )?(?:administrator|system|service|subsystem)",
    "system administrator",
    r"post ?master\b",
    "microsoft (?:outlook|exchange)",
    "internet mail delivery",
    "(?:mdaemon|hệ thống (?:con )?phân phối thư)",
)

SUBJECTS = (
    r"un-?deliver(?:able|ed|y)\b",
    r"non[-\ ]?deliver(?:y|able)\b",
    r"not deliver(?:ed|able)\b",
    "(?:unable|unsuccessful|failed|failure|error) (?:to |in |during |of )?(?:the )?(?:mail |message )?deliver",
    r"(?:could|can) ?not (?:be )?(?:deliver|sen[dt]\b)",
    rf"returned (?:{_MAIL}|to sender)",
    r"returned(?=\s*:)",
    f"returning {_MAIL}",
    f"rejected {_MAIL}",
    f"{_MAIL} (?:was |has been |could not be )?(?:rejected|returned|failed|failure|delayed|bounced|undeliver)",
    "delivery (?:has )?(?:fail|error|problem|status|report|warning|delay|notification|incomplete|unsuccessful|system)",
    "delivery (?:subsystem|attempt|reject|impossible)",
    "(?:failure|failed) (?:notice|notification|mail|message)",
    "notification of (?:failure|non-?delivery)",
    f"(?:there was an )?(?:error|failure) (?:during|in|of|sending|delivering) (?:the |your )?{_MAIL}",
    "delayed mail",
    "processing error",
    r"(?:failed|error),? returning",
    r"error - returned mail",
    r"status\W+undeliver",
    r"warning:?\W+(?:message|mail|could not|delivery|your|\S+@\S+)",
    "(?:user|recipient) unknown",
    rf"your {_MAIL}…(?:not (?:be )?delivered|undeliverable|failed)",
    # French
    "échec (?:de )?(?:la )?(?:remise|livraison|distribution|l['’]envoi)",
    "(?:message |courrier |mail )?non (?:remis|distribué|délivré|distribuable)",
    r"avis de non[-\ ]remise",
    # German, Dutch, Nordic
    "unzustellbar",
    "nicht zugestellt",
    "zustell(?:ung|fehler)",
    "onbestelbaar",
    "niet (?:te bezorgen|bezorgd|afgeleverd)",
    "kan niet worden bezorgd",
    "oleverans",
    "ej levererat",
    "ikke leveret",
    # Spanish, Italian, Portuguese
    "no (?:se )?(?:puede|pudo|ha podido) entregar",
    "no entregad",
    "error (?:en|de) (?:la )?entrega",
    "(?:entrega fallida|mensaje devuelto|devuelto|aviso de no entrega)",
    "(?:notifica di )?mancato recapito",
    "recapito (?:non riuscito|impossibile)",
    "(?:non recapitabile|impossibile recapitare)",
    "errore (?:di|nella) (?:consegna|recapito)",
    "não (?:foi |é )?(?:possível entregar|entregue)",
    "(?:falha na entrega|mensagem devolvida|devolvid)",
    # Polish, Czech, Hungarian, Turkish, Russian
    "(?:niedostarcz|nie dostarcz|zwrot wiadomości|nedoruč|kézbesíthetetlen|teslim edilem)",
    "(?:ваше )?(?:сообщение |письмо )?не (?:было |может быть )?доставлен",
    "(?:недостав|ошибка доставки)",
    # Vietnamese
    r"(?:thư )?(?:của bạn )?không (?:thể )?(?:gửi|chuyển|phân phối|giao|phát)\b",
    "(?:thư )?không (?:gửi|chuyển|đến|giao|phát) được",
    "thư (?:bị )?(?:trả|gửi) lại",
    "(?:gửi|chuyển) thư (?:thất bại|không thành công)",
    "(?:thông báo )?(?:lỗi|trạng thái) (?:gửi|chuyển|phân phối) thư",
    # Japanese, Chinese, Korean
    "配信(?:不能|不可)",
    "(?:メール|メッセージ)?(?:が|を)?(?:送信|配信)(?:できません|エラー|に失敗)",
    "(?:メール)?エラー(?:通知|メール)",
    "(?:系统)?退信",
    "(?:邮件|郵件)?(?:投递|发送|传递|传输|傳送|投遞)失[败敗]",
    "未(?:能)?送[达達]",
    "(?:无法|無法)(?:投递|送达|传递|投遞|傳遞|送達)",
    "(?:배달(?:되지|할 수 없)|전송 실패)",
)

NOT_DELIVERED = (
    "(?:un|not |n['’]t )able to (?:deliver|be delivered|send)",
    r"(?:could|can|was|were|would|has|have|had|been|did) ?(?:not|n['’]t) (?:yet )?(?:been |be )?(?:successfully )?"
    r"(?:deliver|sent\b|reach|receiv)",
    r"\bnot (?:yet )?(?:been )?delivered",
    r"deliver(?:y|ed)?…(?:fail|stopped|permanently|not yet|postponed|aborted|delay|rejected|impossible|problem)",
    r"fail(?:ed|ure)…(?:to )?deliver",
    "undeliver(?:ed|able)",
    "non-?deliver",
    "(?:permanent )?fatal errors",
    "returned (?:mail|to (?:the )?sender|because)",
    f"returning {_MAIL} to",
    "no valid recipients",
    "failed (?:addresses|recipients?)",
    "(?:unknown|no such|invalid) (?:local )?(?:user|recipient|address|mailbox)",
    r"(?:user|recipient|address|mailbox)…(?:unknown|not found)",
    "not a valid (?:user|address|recipient|mailbox)",
    "invalid final delivery",
    "mail ?(?:box|folder) is full",
    "over quota",
    "has been (?:delayed|postponed|rejected|refused|returned)",
    "was (?:automatically )?rejected",
    f"{_MAIL} delivery (?:system|subsystem)",
    f"problem with the {_MAIL} address",
    "delivery (?:problem|error)",
    "still being retried",
    "did not exactly match",
    "encountered an error",
    # French
    "n['’]a pas pu [êe]tre",
    "(?:non remis|échec de la remise)",
    "pas été (?:remis|distribué|délivré)",
    # German, Dutch
    r"konnten?…nicht…(?:zugestellt|ausgeliefert|übermittelt|gesendet|zustellen)",
    "(?:nicht zugestellt|unzustellbar)",
    "niet (?:worden )?(?:bezorgd|afgeleverd)",
    # Spanish, Italian, Portuguese
    r"no (?:se )?(?:ha podido|pudo|puede)…entreg",
    r"non (?:è stato possibile|può essere|è stato)…(?:recapit|consegn)",
    "impossibile recapitare",
    r"não (?:pôde ser|foi possível|foi)…entreg",
    # Polish, Russian
    r"nie (?:mogła|może|została)…dostarcz",
    r"не (?:может быть|удалось|было|была)…достав",
    "недостав",
    # Vietnamese
    r"không (?:thể )?(?:gửi|chuyển|phân phối|giao|phát|đến)\b",
    "chưa (?:(?:thể )?(?:gửi|chuyển) được|được (?:gửi|chuyển|phân phối))",
    "(?:gửi|chuyển|phân phối)…(?:thất bại|không thành công)",
    r"bị (?:trì hoãn|trả lại|(?:\w+ ){0,3}từ chối)",
    # Japanese, Chinese, Korean
    "(?:配信(?:できません|不能|に失敗)|送信できません|届きませんでした|お届けできません)",
    "(?:无法|無法|不能|未能|没有)被?(?:投递|送达|传递|发送|投遞|送達|傳遞|递送)",
    "(?:(?:投递|发送|传递)失败|退信)",
    "(?:배달(?:되지|할 수 없)|전송하지 못)",
)

MAIL = (
    _MAIL,
    "(?:courriel|courrier|nachricht|mensaje|mensagem|messaggio|correo|wiadomoś|сообщени|письм|thư|メール|メッセージ|邮件|郵件|메일)",
)

OPENINGS = (
    rf"(?:your|the following|the|a) {_MAIL}\b[^\n@]{{0,80}}\b(?:could|can) ?not be delivered to\b",
    "votre message n['’]a pas pu [êe]tre",
)

DELAYED = (
    "warning (?:message )?only",
    r"(?:has|have|was|is|been|message|delivery|mail) (?:been )?(?:temporarily )?delayed",
    r"delayed (?:mail|\d)",
    "delivery delay",
    "postponed",
    r"will (?:be retried|keep trying|continue\b|try (?:again|for))",
    "attempts will (?:be made|continue)",
    "still being retried",
    "not yet (?:been )?(?:delivered|able)",
    "no action is required",
    "not (?:need|have) to resend",
    "do not resend",
    "bị trì hoãn",
    "sẽ (?:tiếp tục |cố gắng )?(?:thử|gửi) lại",
    "(?:retardé|verzögert|vertraagd)",
)

GIVEN_UP = (
    "(?:permanent|fatal) (?:delivery )?(?:error|failure)",
    "failed permanently",
    "(?:given|giving) up",
    "has been (?:removed from the|returned)",
    "lỗi vĩnh viễn",
)

# The subject and detail of RFC 3463, and the words that can mean nothing else; the first that fits counts.
REASONS = (
    (
        "2.2",
        (
            r"(?<!relay\s)(?<!sending\s)\bquota",
            r"(?:mail ?box|mail ?folder|inbox|account|maildrop) (?:is |was |currently )*full\b",
            "full mail ?box",
            "mail ?box (?:size |disk |storage )?limit",
            "(?:insufficient|not enough) (?:disk |storage )?(?:space|storage)",
            "mail ?box space not enough",
            "exceeded (?:its|their) (?:disk|storage)",
            "mail ?box exceed",
            "too much mail (?:data|stored)",
            "hộp thư (?:đã |bị )*đầy",
            "vượt (?:quá )?dung lượng",
        ),
    ),
    (
        "2.1",
        (
            r"(?:account|mail ?box|user|address|recipient)…"
            r"(?:disabled|suspended|inactive|deactivated|discontinued|expired|locked)",
            "not (?:an )?active (?:user|account|mail ?box|address)",
            "not been collected",
            "(?:disabled|inactive) (?:account|mail ?box|user)",
            "hộp thư (?:đã |bị )*(?:khóa|khoá)",
        ),
    ),
    (
        "3.4",
        (
            r"(?:message|mail|size)…too (?:large|big)",
            r"(?:message|mail|size)…exceed\w*…(?:size|limit|maximum)",
            r"exceed\w* (?:the )?max\w*…size",
            "size limit exceeded",
            r"(?:max\w*|fixed) (?:message|mail)? ?size",
            "kích thước tối đa",
        ),
    ),
    (
        "1.2",
        (
            r"(?:host|domain)(?: (?:name|or))* (?:is |was )*(?:unknown|not found|(?:does )?not exist)",
            "(?:unknown|bad|no such|invalid|unresolvable) (?:host|domain)",
            "domain does(?: not|n't) exist",
            "nxdomain",
            "name or service not known",
            "couldn't find any host",
        ),
    ),
    (
        "1.1",
        (
            r"(?:user|recipient|addressee|mail ?box|account|address|name)…"
            "(?:unknown|does(?: not|n't) exist)",
            r"(?:user|recipient|addressee|mail ?box|account|address|name)…"
            r"not (?:be )?(?:found|known|recogni[sz]ed|listed|registered|exist)",
            "(?:no longer|not) (?:valid|exists|on server)",
            r"(?:unknown|no such|invalid|bad|nonexistent|unrouteable) (?:\w+ )?"
            "(?:user|recipient|addressee|mail ?box|account|address|name|person|alias)",
            r"no (?:mail ?box|user|account)…(?:here|by that name|found|with (?:this|that) name)",
            "mail ?box unavailable",
            "not a (?:known|valid) (?:user|address|mail ?box|recipient|account)",
            r"does(?: not|n't) have an? \S+ account",
            "badrcptto",
            "không tồn tại",
            "ディレクトリ(?:のリスト)?に(?:は見つかり|あり)ません",
            "(?:收件人|邮件地址|郵件地址|用户|帐号)…不存在",
            "không tìm thấy (?:địa chỉ|người nhận|hộp thư)",
        ),
    ),
    (
        "4.6",
        ("too many hops", "mail loop", f"{_MAIL} (?:is )?looping", r"loops? (?:was |is )?detected", "routing loop"),
    ),
    (
        "4.7",
        (
            r"(?:delivery|message|retry)…(?:time ?(?:d )?(?:out|expired)|timeout exceeded|expired)",
            "in the queue too long",
            r"undeliverable for \d",
            r"(?:not|cannot) be delivered (?:for|after|within) [\d.]+ (?:hours?|days?)",
            r"not delivered within [\d.]+ (?:hours?|days?)",
            "quá thời (?:gian|hạn) gửi",
        ),
    ),
    (
        "4.1",
        (
            "connection (?:was )?(?:refused|timed out|reset)",
            "(?:can(?:not|'t)|could not|couldn't|n't able to|unable to) (?:connect|establish an smtp connection)",
            "(?:not|isn't) responding",
            "no route to host",
            "network is unreachable",
            "no answer from host",
        ),
    ),
    (
        "7.1",
        (
            "relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed))",
            "not permitted to relay",
            "access denied",
            r"(?:rejected|refused|blocked)…(?:spam|policy|blacklist|blocklist|reputation)",
            r"spam…(?:rejected|refused|blocked)",
        ),
    ),
)


def any_of(phrases: Iterable[str], before: str = "") -> re.Pattern[str]:
    """One expression for all the phrases, with the same `before` each."""
    joined = f"{before}(?:{'|'.join(phrases)})"
    return re.compile(joined.replace(" ?", r"\s*").replace(" ", r"\s+").replace("…", _SOME_WORDS), re.IGNORECASE)
