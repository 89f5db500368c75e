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
    "mdaemon",
    "hệ thống (?:con )?phân phối thư",
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
    "was (?:automatically )?(?:rejected|stopped|blocked)",
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
    r"không (?:thể |được )?(?:gửi|chuyển|phân phối|giao|phát|đến)\b",
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
    rf"(?:your|the) {_MAIL} (?:(?:that )?you sent )?to\b[^\n]{{1,300}}\s(?:was|has been)"
    r" (?:blocked|stopped|rejected)\b",
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


def any_of(phrases: Iterable[str], before: str = "") -> re.Pattern[str]:
    """One expression for all the phrases, with the same `before` each."""
    joined = f"{before}(?:{'|'.join(phrases)})"
    return re.compile(joined.replace(" ?", r"\s*").replace(" ", r"\s+").replace("…", _SOME_WORDS), re.IGNORECASE)
