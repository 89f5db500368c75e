"""The words in which mail systems tell why a mail was not delivered, written as in `wording`."""

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
        (
            "too many hops",
            "mail loop",
            "(?:(?:e-?)?mail|message) (?:is )?looping",
            r"loops? (?:was |is )?detected",
            "routing loop",
        ),
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
